import './gone.mjs';
export * from './away.mjs';
result(import('./lost.mjs'));
