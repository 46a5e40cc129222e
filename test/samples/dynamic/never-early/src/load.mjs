export const load = () => import('./part.mjs');
