import view from './view.vue';
result(view);
