result('before');
import('./part.mjs').then(() => result('then'));
result('after');
