import { createRouter, createWebHashHistory } from 'vue-router';
import { Things } from './things.js';

export const pages = [
  { path: '/', title: 'Things to do', component: Things },
  { path: '/statistics', title: 'Statistics', component: () => import('./pages/statistics.js') },
  { path: '/about', title: 'About', component: () => import('./pages/about.js') },
];

export const router = createRouter({ history: createWebHashHistory(), routes: pages });
