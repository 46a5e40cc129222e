import { leaf } from './leaf.mjs';
import common from './common.cjs';
result(`main ${leaf} ${common}`);
const { part } = await import('./part.mjs');
result(part);
