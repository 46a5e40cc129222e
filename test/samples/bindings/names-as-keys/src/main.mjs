import { x, y as z } from './x.mjs';
result({ x: x, y: z });
class C {
  #x = 'private';
  x = 'field ' + x;
  static x = 'static';
  [x]() {
    return 'computed';
  }
  method() {
    return [{ x: 'member' }.x, { x() { return 'method'; } }.x(), this.#x, this.x, C.x, this.import()];
  }
}
result(new C().method());
const object = {
  get x() {
    return 'getter';
  },
  set x(x) {
    this.set = x;
  },
};
object.x = 5;
result([object.x, object.set]);
const { x: own, [x]: key = x } = { x: 'pattern' };
result([own, key]);
