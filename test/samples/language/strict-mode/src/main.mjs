const attempt = (name, run) => {
  try {
    result([name, run()]);
  } catch (error) {
    result([name, error.name]);
  }
};
attempt('this of a function', () =>
  (function () {
    return typeof this;
  })(),
);
attempt('undeclared', () => (neverDeclared = 1));
attempt('frozen', () => (Object.freeze([]).length = 1));
attempt('arguments', () =>
  (function (a) {
    a = 2;
    return arguments[0];
  })(1),
);
attempt('eval scope', () => {
  eval('var inner = 1');
  return typeof inner;
});
attempt('delete', () => delete Object.prototype);
