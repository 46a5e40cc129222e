import { read, write } from './own.mjs';
result(read());
write(2);
result(read());
result(typeof globalThis.own);
