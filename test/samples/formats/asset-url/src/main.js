const { href } = new URL('./image.png', import.meta.url);
import { style } from './part.js';
result(new URL(href).pathname);
result([style]);
result(new URL('https://cdn.example/x.js').href);
