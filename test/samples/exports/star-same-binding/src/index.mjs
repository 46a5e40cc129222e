export * from './first.mjs';
export * from './second.mjs';
