export const both = 1;
export const first = 1;
export * from './shared.mjs';
