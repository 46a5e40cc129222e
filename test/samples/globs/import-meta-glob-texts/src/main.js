result(import.meta.glob('./notes/*.txt', { query: '?raw', import: 'default', eager: true }));
const [[key, url]] = Object.entries(
  import.meta.glob('./notes/one.txt', { query: '?url', import: 'default', eager: true }),
);
result([key, typeof url]);
import.meta.glob('./notes/*.txt', { query: '?raw', import: 'default' })
  ['./notes/one.txt']()
  .then(result);
