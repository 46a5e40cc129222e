/** Where the script is run as CommonJS. An element of the page may be called so, too. */
declare var module: { exports?: unknown } | undefined;

/**
 * Gives the exports of a library to who runs the script: CommonJS, else the page or worker, by a name with a dot before each
 * member. What is there already is added to; an element of the page that is called so is no object of ours.
 */
function publish(name: string, exported: unknown): void {
  var has = {}.hasOwnProperty;
  var names = name.split('.');
  var last = names.pop()!;
  var holder = (typeof self === 'object' ? self : globalThis) as unknown as { [name: string]: unknown };
  if (typeof module === 'object' && module.exports) module.exports = exported;
  else {
    names.forEach(function (each) {
      holder = ((has.call(holder, each) && holder[each]) || (holder[each] = {})) as typeof holder;
    });
    holder[last] = exported;
  }
}
