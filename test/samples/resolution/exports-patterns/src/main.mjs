import one from 'pkg/features/one';
import special from 'pkg/features/special/any';
import two from 'pkg/lib/deep/two.mjs';
result(one);
result(special);
result(two);
