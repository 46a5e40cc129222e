export * from './common.cjs';
export const own = 2;
