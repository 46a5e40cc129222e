import url, { add } from './add.wasm';
result(url);
result(typeof add);
