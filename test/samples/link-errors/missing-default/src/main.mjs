import a from './a.mjs';
result(a);
