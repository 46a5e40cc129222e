const path = './part.mjs' /*js*/;
require.ensure([path], function (error) {
  const part = require(path);
  result(part.value);
  import('./part.mjs').then(({ object }) => result(object === part.object));
});
