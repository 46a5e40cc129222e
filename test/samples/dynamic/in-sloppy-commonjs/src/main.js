var sloppy = (function () {
  return typeof this;
})();
undeclared = 1;
result(typeof undeclared);
result([sloppy, typeof require]);
import('./part').then(function (part) {
  result(part.name);
});
