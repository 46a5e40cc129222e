export { default, x as renamed } from './common.cjs';
export * as all from './common.cjs';
export * from './common.cjs';
export const own = 1;
