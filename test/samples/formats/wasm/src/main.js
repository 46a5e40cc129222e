import { add } from './add.wasm';
result(add(1, 2));
