const all = require.context('./parts', true, /\.js$/);
const flat = require.context('./parts', false);

result(all.keys());
result(all.keys().map(all));
result(flat.keys());
result(flat('./b'));
