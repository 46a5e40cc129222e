export let value = 0;
result('main');
value = 1;
import('./part.mjs').then(({ done }) => result(done));
