import common from './common.cjs';
result(common);
