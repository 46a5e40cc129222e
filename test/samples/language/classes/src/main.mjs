import Base, { key, value } from './base.mjs';
class Derived extends Base {
  static block;
  static {
    this.block = value('block');
  }
  static fixed = value('static');
  field = value('field');
  #private = () => value('private');
  [key]() {
    return key;
  }
  get getter() {
    return value('getter');
  }
  key = 'own';
  value() {
    return [super.name, this.computed(), this.field, Derived.fixed, Derived.block, this.#private(), this.getter];
  }
}
result(new Derived().value());
