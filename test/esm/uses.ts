/**
 * Statements that look at variables, by what is particular about them. In the templates, `$x` stands for a variable,
 * `$y` for another one, `$L` for the label of the trace, `$n` for a number, `$m` for a member with its dot or brackets,
 * `$k` for its name as a string.
 */

/** Form → template. */
export type Templates = Readonly<Record<string, string>>;

/** What may stand for the variables of a template. */
export type Substitutes = Readonly<Partial<Record<'x' | 'y' | 'L' | 'n' | 'm' | 'k', string>>>;

export const fill = (template: string, substitutes: Substitutes): string =>
  template.replace(/\$([xyLnmk])(?!\w)/g, (_, key: keyof Substitutes) => substitutes[key] as string);

/** Looks at a variable, whatever it is. */
export const reads: Templates = {
  'read in a closure': 'look($L, () => $x);',
  'read directly': 'try { trace($L, $x); } catch (error) { trace($L, error); }',
  'read later': 'later($L, () => $x);',
  'read later in a function': 'later($L, function () { return [this, $x]; });',
  'read between parentheses': 'look($L, () => (($x)));',
  typeof: 'look($L, () => typeof $x);',
  void: 'look($L, () => void $x);',
  'shorthand property': 'look($L, () => ({ $x }));',
  'shorthand property among others': 'look($L, () => ({ before: 1, $x, after: [$x] }));',
  'key and value': 'look($L, () => ({ $x: $x }));',
  'computed key': 'look($L, () => ({ [typeof $x]: 1 }));',
  template: 'look($L, () => `$x ${typeof $x}`);',
  'default parameter': 'look($L, () => ((value = $x) => value)());',
  'default of a pattern': 'look($L, () => { const { missing = $x } = {}; return missing; });',
  'computed key of a pattern': 'look($L, () => { const { [typeof $x]: found = $n } = {}; return found; });',
  spread: 'look($L, () => [...[$x]]);',
  'spread of an object': 'look($L, () => ({ ...{ kept: $x } }));',
  comma: 'look($L, () => (0, $x));',
  condition: "look($L, () => ($x ? 'true' : 'false'));",
  'class field': 'look($L, () => new (class { $x = $x; })());',
  'static class field': 'look($L, () => (class { static kept = $x; }).kept);',
  'static block': 'look($L, () => { let kept; class Local { static { kept = $x; } } return kept; });',
  'private name': 'look($L, () => new (class { #$x = $x; read() { return this.#$x; } })().read());',
  'method of that name': 'look($L, () => ({ $x() { return $x; } }).$x());',
  'getter of that name': 'look($L, () => ({ get $x() { return $x; } }).$x);',
  'property of that name': 'look($L, () => ({ $x: $n }).$x);',
  'property of itself': 'look($L, () => $x?.$x);',
  'key of a pattern': 'look($L, () => { const { $x: local } = { $x: $n }; return [local, $x]; });',
  'key of an assigned pattern':
    'look($L, () => { let local; ({ $x: local } = { $x: $n }); return [local, $x]; });',
  label:
    'look($L, () => { $x: for (const turn of [1, 2]) { if (turn === 1) continue $x; break $x; } return $x; });',
  generator: 'look($L, () => [...(function* () { yield $x; })()]);',
  'closure of a loop':
    'look($L, () => { const all = []; for (let at = 0; at < 2; at++) all.push(() => [at, $x]); return all.map((one) => one()); });',
  'string and comment': 'look($L, () => ["$x", \'$x.$x\', /* $x */ $x]); // $x',
  'regular expression': 'look($L, () => [/$x/.source, $x]);',
  division: 'look($L, () => $x / 1 / 1);',
  exponent: 'look($L, () => typeof ($x ** 2));',
  nullish: "look($L, () => $x ?? 'nothing');",
  in: "look($L, () => '$x' in { $x });",
  identity: 'look($L, () => $x === $x);',
  pair: 'look($L, () => [$x, $y]);',
  'delete of a member': 'look($L, () => delete $x.missing);',
  switch: "look($L, () => { switch ($x) { case $x: return 'same'; default: return 'other'; } });",
  'newline before a parenthesis': 'look($L, () => { let kept = $n\n$x\nkept++\nreturn kept; });',
};

/** Gives the name another meaning inside, and looks at both. */
export const shadows: Templates = {
  parameter: 'look($L, () => [(($x) => $x)($n), attempt(() => $x)]);',
  'parameter without parentheses': 'look($L, () => [($x => $x)($n), attempt(() => $x)]);',
  'rest parameter': 'look($L, () => [((...$x) => $x)($n), attempt(() => $x)]);',
  'pattern parameter': 'look($L, () => [(({ $x }) => $x)({ $x: $n }), attempt(() => $x)]);',
  'pattern parameter with default': 'look($L, () => [(({ $x = $n } = {}) => $x)(), attempt(() => $x)]);',
  'array parameter': 'look($L, () => [(([$x]) => $x)([$n]), attempt(() => $x)]);',
  'default that uses a parameter': 'look($L, () => [(($x, next = $x) => next)($n), attempt(() => $x)]);',
  'default beside a variable':
    'look($L, () => ((kept = attempt(() => $x)) => { var $x = $n; return [kept, $x]; })());',
  'function parameter': 'look($L, () => [(function ($x) { $x++; return $x; })($n), attempt(() => $x)]);',
  'let in a block': 'look($L, () => { { let $x = $n; $x++; trace($L, $x); } return $x; });',
  'const in a block': 'look($L, () => { { const $x = $n; trace($L, $x); } return $x; });',
  'const in its dead zone':
    'look($L, () => { { trace($L, attempt(() => $x)); const $x = $n; } return $x; });',
  'class in a block': 'look($L, () => { { class $x {} trace($L, $x.name); } return $x; });',
  'function in a block': 'look($L, () => { { function $x() { return $n; } trace($L, $x()); } return $x; });',
  'function in a function':
    'look($L, () => { function inner() { return $x(); function $x() { return $n; } } return [inner(), attempt(() => $x)]; });',
  'hoisted var':
    'look($L, () => { function inner() { const early = $x; if (early) { var $x = 1; } $x = $n; return [early, $x]; } return [inner(), attempt(() => $x)]; });',
  'catch parameter': 'look($L, () => { try { throw $n; } catch ($x) { trace($L, $x); } return $x; });',
  'catch pattern':
    'look($L, () => { try { throw { $x: $n }; } catch ({ $x }) { trace($L, $x); } return $x; });',
  'named function expression':
    'look($L, () => [(function $x() { return typeof $x; })(), attempt(() => $x)]);',
  'named class expression': 'look($L, () => [(class $x { static own = $x.name; }).own, attempt(() => $x)]);',
  'for let': 'look($L, () => { for (let $x = 0; $x < 1; $x++) trace($L, $x); return $x; });',
  'for const of': 'look($L, () => { for (const $x of [$n]) trace($L, $x); return $x; });',
  'for const in': 'look($L, () => { for (const $x in { key: 1 }) trace($L, $x); return $x; });',
  'for var of': 'look($L, () => { (() => { for (var $x of [$n]); trace($L, $x); })(); return $x; });',
  'for pattern': 'look($L, () => { for (const { $x } of [{ $x: $n }]) trace($L, $x); return $x; });',
  switch: 'look($L, () => { switch (1) { case 1: let $x = $n; trace($L, $x); } return $x; });',
  'pattern declaration': 'look($L, () => { { const { $x } = { $x: $n }; trace($L, $x); } return $x; });',
  assignment:
    'look($L, () => [((...rest) => { let [$x] = rest; $x = 7; [$x] = [$x + 1]; ({ $x } = { $x: $x + 1 }); return $x; })($n), attempt(() => $x)]);',
  'method parameter': 'look($L, () => [({ $x($x) { return $x; } }).$x($n), attempt(() => $x)]);',
  'setter parameter':
    'look($L, () => { const kept = { set $x($x) { this.got = $x; } }; kept.$x = $n; return [kept.got, $x]; });',
  'async arrow parameter': 'look($L, () => { (async ($x) => { trace($L, $x); })($n); return $x; });',
  'generator parameter': 'look($L, () => [...(function* ($x) { yield $x; })($n), attempt(() => $x)]);',
  arguments: 'look($L, () => [(function ($x) { arguments[0] = 0; return $x; })($n), attempt(() => $x)]);',
};

/** Calls a function that is imported by its name. */
export const calls: Templates = {
  call: 'look($L, () => $x());',
  'call with arguments': 'look($L, () => $x(1, ...[2, 3]));',
  'call directly': 'try { $x(); } catch (error) { trace($L, error); }',
  'call between parentheses': 'look($L, () => ($x)());',
  'call behind a comma': 'look($L, () => (0, $x)());',
  'optional call': 'look($L, () => $x?.());',
  'tagged template': 'look($L, () => $x`one ${2} three`);',
  'new': 'look($L, () => typeof new $x());',
  'new without parentheses': 'look($L, () => typeof new $x);',
  'call with this': 'look($L, () => $x.call({ own: 1 }));',
  'call as a member': 'look($L, () => ({ $x }).$x());',
  'call as an element': 'look($L, () => [$x][0]());',
  'call after a newline': 'look($L, () => { let kept = 1\n$x()\nreturn kept });',
  callback: 'look($L, () => [1].map($x));',
  'call later': 'later($L, () => $x());',
  'call in a template': 'look($L, () => `${typeof $x()}`);',
};

/** What else can be done with a function, by its nature. */
export const natureUses: Readonly<Record<'async' | 'generator' | 'class', Templates>> = {
  async: {
    'async function': 'look($L, () => $x());',
    'async function awaited': 'offer($L, () => $x());',
    'async function in an async function': 'offer($L, async () => [await $x(), $x.name]);',
  },
  generator: {
    'generator function': 'look($L, () => [...$x()]);',
    'generator function in for of': 'look($L, () => { for (const value of $x()) return value; });',
  },
  class: {
    class: 'look($L, () => new $x().read());',
    'class without parentheses': 'look($L, () => (new $x).read());',
    'class extended':
      'look($L, () => new (class extends $x { read() { return [super.read(), 1]; } })().read());',
    'class static': 'look($L, () => [$x.tag, $x.create().read()]);',
    'class instanceof': 'look($L, () => new $x() instanceof $x);',
    'class name': 'look($L, () => $x.name);',
    'class without new': 'look($L, () => $x());',
  },
};

/** Uses of a namespace as a whole. */
export const namespaces: Templates = {
  namespace: 'look($L, () => $x);',
  'namespace later': 'later($L, () => $x);',
  'namespace keys': 'later($L, () => Reflect.ownKeys($x));',
  'namespace enumerable keys':
    'later($L, () => { const keys = []; if (isWhole($x)) for (const key in $x) keys.push(key); return keys; });',
  'namespace shape': 'later($L, () => shape($x));',
  'namespace shape early': 'look($L, () => shape($x));',
  'namespace typeof': 'look($L, () => typeof $x);',
  'namespace spread': 'later($L, () => ({ ...$x }));',
  'namespace write of the unknown': 'look($L, () => { $x.unknown = 1; });',
  'namespace delete of the unknown': 'look($L, () => delete $x.unknown);',
  'namespace unknown': "look($L, () => [$x.unknown, 'unknown' in $x]);",
  'namespace identity': 'look($L, () => $x === $x);',
  'namespace computed': "look($L, () => ['a', 'b', 'default'].map((key) => attempt(() => $x[key])));",
  'namespace shorthand': 'later($L, () => ({ $x }));',
};

/** Uses of a member of a namespace. */
export const members: Templates = {
  member: 'look($L, () => $x$m);',
  'member directly': 'try { trace($L, $x$m); } catch (error) { trace($L, error); }',
  'member later': 'later($L, () => $x$m);',
  'member computed': 'look($L, () => $x[$k]);',
  'member optional': 'look($L, () => $x?.[$k]);',
  'member in': 'look($L, () => $k in $x);',
  'member in a pattern': 'look($L, () => { const { [$k]: found } = $x; return found; });',
  'member write': 'look($L, () => { $x$m = 1; });',
  'member increment': 'look($L, () => $x$m++);',
  'member delete': 'look($L, () => delete $x$m);',
  'member typeof': 'look($L, () => typeof $x$m);',
  'member call': 'look($L, () => $x$m());',
  'member call between parentheses': 'look($L, () => ($x$m)());',
  'member call behind a comma': 'look($L, () => (0, $x$m)());',
  'member tagged template': 'look($L, () => $x$m`one`);',
  'member optional call': 'look($L, () => $x$m?.());',
  'member new': 'look($L, () => typeof new $x$m());',
  'member own': 'later($L, () => isWhole($x) && owns($x, $k));',
};

/** Assignments to a variable that others import. */
export const assignments: Templates = {
  'assign directly': 'try { $x = $n; } catch (error) { trace($L, error); }',
  'assign in an expression': 'look($L, () => [($x = $n), $x]);',
  'assign after a newline': 'look($L, () => { let kept = $n\n$x = kept\nreturn $x });',
  'assign a function': 'look($L, () => ($x = () => $n).name);',
  'assign a class': 'look($L, () => ($x = class {}).name);',
  increment: 'look($L, () => $x++);',
  'increment as a statement': 'try { $x++; } catch (error) { trace($L, error); }',
  'increment before': 'look($L, () => ++$x);',
  decrement: 'look($L, () => [$x--, --$x]);',
  add: 'look($L, () => $x += $n);',
  power: 'look($L, () => $x **= 2);',
  'nullish assign': 'look($L, () => $x ??= $n);',
  'and assign': 'look($L, () => $x &&= $n);',
  'or assign': 'look($L, () => $x ||= $n);',
  'array pattern': 'look($L, () => { [$x] = [$n]; });',
  'array pattern with default': 'look($L, () => { [, $x = $n] = []; });',
  'array pattern with rest': 'look($L, () => { [...$x] = [1, $n]; });',
  'object pattern': 'look($L, () => { ({ $x } = { $x: $n }); });',
  'object pattern with default': 'look($L, () => { ({ $x = $n } = {}); });',
  'object pattern with key': 'look($L, () => { ({ key: $x, other: [$x] = [$n] } = { key: 1 }); });',
  'object pattern with rest': 'look($L, () => { ({ key: $x, ...$x } = { key: 1, rest: $n }); });',
  'value of a pattern': 'look($L, () => ([$x] = [$n, 2]));',
  'for of': 'look($L, () => { for ($x of [1, $n]); });',
  'for of pattern': 'look($L, () => { for ([$x] of [[1], [$n]]) trace($L, $x); });',
  'for in': 'look($L, () => { for ($x in { k$n: 1 }); });',
  for: 'look($L, () => { for ($x = 0; $x < 2; $x++) trace($L, $x); });',
  'assign between parentheses': 'look($L, () => (($x) = $n));',
  'assign in a default': 'look($L, () => ((value = ($x = $n)) => value)());',
  'assign to a member': 'look($L, () => { ({}).$x = 1; return $x; });',
  'assign from itself': 'look($L, () => $x = [$x, $n].length);',
};

/** What does not depend on any variable. */
export const surroundings: Templates = {
  this: 'trace($L, this);',
  'this in an arrow': 'look($L, () => this);',
  'this in a function': 'look($L, () => (function () { return this; })());',
  'import.meta': 'trace($L, typeof import.meta, import.meta === import.meta);',
  'typeof arguments': 'trace($L, typeof arguments);',
  strictness: 'look($L, () => { undeclared$n = 1; });',
  'strict write': "look($L, () => { 'text'.length = 1; });",
  'words in strings': "trace($L, \"import { a } from 'b'\", 'export default 1', `export { ${$n} }`);",
  'words in comments': "/* import a from './gone.mjs'; */ // export * from './gone.mjs'",
  'words as properties': 'look($L, () => ({ import: 1, export: 2, default: 3 }).import);',
};
