const load = (number) => import(`./locales/l${String(number).padStart(2, '0')}.js`);

load(7)
  .then((found) => {
    result(found.default);
    return load(42);
  })
  .then((found) => {
    result(found.default);
    return load(50);
  })
  .catch((error) => result([error.code, error.message]));
