import { inArrow } from './arrow.mjs';
result(typeof this);
result(inArrow());
result(typeof (() => this)());
class C {
  static [String(this)] = 'key';
  static own = this;
}
result(Object.keys(C)[0]);
result([C.name, C.own === C]);
