import { x } from './x.mjs';
function imported(a = x, b = 1) {
  return [a, b];
}
result(imported());
function parameter(x = 'parameter', y = [x, 2]) {
  return y;
}
result(parameter());
function closure(read = () => x) {
  var x = 'var';
  return ['closure', read(), x];
}
result(closure());
result(['this', ((a = x) => a)()]);
function computed({ [x]: found } = { [x]: 'import' }) {
  return ['computed key', found];
}
result(computed());
