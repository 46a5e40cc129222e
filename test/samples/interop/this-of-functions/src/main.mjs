import common, { self, holder } from './common.cjs';
import * as all from './common.cjs';
result([
  self() === undefined,
  self?.() === undefined,
  common.self() === common,
  all.self() === all,
  holder.self() === holder,
]);
