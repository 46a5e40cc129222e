const module = 'own module';
export const exports = 'own exports';
function require() {
  return 'own require';
}
let self = 'own self';
const called = require();
export { module as default, called as require, self };
