import { defineComponent, h } from 'vue';
import { RouterView } from 'vue-router';
import { pages } from './router.js';

export const App = defineComponent(() => () => [
  h(
    'nav',
    null,
    pages.map(({ path, title }) => h('a', { key: path, href: `#${path}` }, title)),
  ),
  h('main', null, h(RouterView)),
]);
