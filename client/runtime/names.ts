/**
 * The names that a namespace of CommonJS has, and whether it lists them.
 * @param isMarked the exports are seen as those of an ES module that was compiled to CommonJS
 */
function namesOf(exports: unknown, interop: Interop, isMarked: boolean): Table<boolean> {
  const names: Table<boolean> = Object.create(null);
  if (interop < 2 && Object(exports) === exports) addNames(exports as object, names);
  if (isMarked) return names;
  names.default = true;
  // Node lists this name, too, where it is not enumerable.
  if (interop === 1 && '__esModule' in Object(exports)) names.__esModule = true;
  return names;
}

/** Adds the names that the exports have, but for those that all objects have. Listed are those that they list. */
function addNames(exports: object, names: Table<boolean>): void {
  for (let each = exports; each && each !== Object.prototype; each = Object.getPrototypeOf(each)) {
    for (const name of Object.getOwnPropertyNames(each)) {
      if (!(name in names)) names[name] = each === exports && isEnumerable(exports, name);
    }
  }
  // Who waits for the namespace does not mean to wait for the exports.
  if (!names.then) delete names.then;
}

const isEnumerable = (object: object, name: string): boolean =>
  Object.prototype.propertyIsEnumerable.call(object, name);
