export * from './later.mjs';
