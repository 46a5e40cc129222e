export let value;
export const arrow = (given) => void (value = given);
export class Setter {
  constructor(given) {
    value = given;
  }
  static set value(given) {
    [value] = [given];
  }
}
export function* generate() {
  yield value++;
}
