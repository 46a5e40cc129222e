result(typeof arguments);
try {
  result(arguments.length);
} catch (error) {
  result(error.name);
}
result((() => typeof arguments)());
result(
  (function () {
    return arguments.length;
  })(0),
);
import { shadowed } from './shadowed.mjs';
result(shadowed('shadowed'));
