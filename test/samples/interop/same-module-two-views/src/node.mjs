import marked from './marked.cjs';
export const view = typeof marked;
export const value = marked.default;
