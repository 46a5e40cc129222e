import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { App } from './app.js';
import { router } from './router.js';

createApp(App).use(createPinia()).use(router).mount('#app');
