import url, { add } from './add.wasm';
result(url.slice(url.indexOf('/assets')));
result(typeof add);
