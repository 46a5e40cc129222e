export * from './state.mjs';
export { value as renamed } from './state.mjs';
import { value as local } from './state.mjs';
export { local as forwarded };
export * as all from './state.mjs';
