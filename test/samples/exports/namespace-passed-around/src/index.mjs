import * as state from './state.mjs';
export { state };
export * as all from './state.mjs';
