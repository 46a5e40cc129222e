import kind from 'pkg';
import nested from 'pkg/nested';
import fallback from 'pkg/default';
import common from './common.cjs';
result([kind, common.kind]);
result([nested, common.nested]);
result([fallback, common.fallback]);
