import { lazy } from 'react';

/** All pages: what the hash names, what the link says, and a component whose module is fetched when it is rendered. */
export const pages = [
  { name: 'beds', title: 'Beds', Component: lazy(() => import('./pages/beds.js')) },
  { name: 'orders', title: 'Orders', Component: lazy(() => import('./pages/orders.js')) },
  { name: 'harvest', title: 'Harvest', Component: lazy(() => import('./pages/harvest.js')) },
  { name: 'greenhouse', title: 'Greenhouse', Component: lazy(() => import('./pages/greenhouse.js')) },
  { name: 'sensors', title: 'Sensors', Component: lazy(() => import('./pages/sensors.js')) },
  { name: 'seeds', title: 'Seeds', Component: lazy(() => import('./pages/seeds.js')) },
  { name: 'calendar', title: 'Calendar', Component: lazy(() => import('./pages/calendar.js')) },
  { name: 'ledger', title: 'Ledger', Component: lazy(() => import('./pages/ledger.js')) },
  { name: 'basket', title: 'Basket', Component: lazy(() => import('./pages/basket.js')) },
];
