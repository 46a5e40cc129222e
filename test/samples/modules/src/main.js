import initial, { type as kind, bump } from './counter.js';
import * as all from './counter.js'
import common from './common.cjs';
export * from './counter.js'
export { all, kind, common as "a name" };

// The line before ends without a semicolon.
export const before = initial
bump(kind)
export default () => ({ kind, url: import.meta.url, later: () => import('./later.js') })
