const run = async () => {
  const part = await import('./part.mjs');
  result([Object.keys(part), part.value]);
  const common = await import('./common.cjs');
  result(['default', common.default.two]);
  result(common.default === require('./common.cjs') ? 'same' : 'another');
};
run();
result('sync');
