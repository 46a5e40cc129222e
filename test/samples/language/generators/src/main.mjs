import { list, wait } from './generate.mjs';
result([...list()]);
wait().then((value) => {
  result(value);
  result([...(function* () {
    yield 'yielded';
  })()]);
});
