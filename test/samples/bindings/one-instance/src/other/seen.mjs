export { object as seen } from '../state.mjs';
