export const red = 1, green = 2;
export * from './more.mjs';
export default 4;
