function load(name) {
  return require('./locale/' + name);
}

result(load('en'));
result(load('data/one.json'));
load('de');
result(global.ran);
try {
  load('xx');
} catch (error) {
  result(error.code);
}
