/** Objects of the runtime, and what it calls. */

/** The `require` of the runtime's module, through which it reaches the loader. */
declare const require: Require;

/** What the module exports. */
declare const exports: Runtime;

/** Shared by all modules that have none of their own. */
const NONE: never[] = [];

/** Makes objects whose properties are fast, and that inherit nothing. */
function BindingsFunction(): void {}
BindingsFunction.prototype = Object.create(null);

const Bindings = BindingsFunction as unknown as new () => object;

function define(target: object, name: string, getter: Getter, enumerable = true): void {
  Object.defineProperty(target, name, { get: getter, enumerable });
}
