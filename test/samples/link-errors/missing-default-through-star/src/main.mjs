import b from './index.mjs';
result(b);
