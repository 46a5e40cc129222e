import { meta, url } from './other.mjs';
const file = (text) => new URL(text).pathname.split('/').slice(-2).join('/');
const { url: destructured } = import.meta;
result([
  file(import.meta.url),
  destructured === import.meta.url,
  Object.getPrototypeOf(import.meta),
  import.meta === import.meta,
]);
result([file(url), meta === import.meta]);
result(typeof import.meta.hot);
import.meta.own = 'own';
result([import.meta.own, 'own' in import.meta]);
