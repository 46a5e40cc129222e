export function shadowed() {
  return (() => arguments[0])();
}
