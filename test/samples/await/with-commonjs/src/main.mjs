import './async.mjs';
import common from './common.cjs';
result(`main ${common}`);
