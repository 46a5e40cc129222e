export * from './first.mjs';
export * from './second.mjs';
export const a = 'own';
