// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are fragments of sources.
/**
 * Random functions that tell what they do: `t` notes a value and gives it back. They hold what minifiers rearrange, and nothing of what
 * all of them take for granted: dead zones, conversions that have effects, names and texts of functions.
 */
import { Dice } from '../esm/dice';

/** What can be named at a place. */
interface Scope {
  /** May be written to. */
  variables: readonly string[];
  constants: readonly string[];
  functions: readonly string[];
  isLoop: boolean;
}

/** `E` is any expression, `V` a variable, `N` a name that is known, `F` a function; `P` an expression with one more name, `p`. */
const EXPRESSIONS = [
  't(E)',
  't(E)',
  '(E + E)',
  '(E - E)',
  '(E * 2 | 0)',
  '(E && E)',
  '(E || E)',
  '(E ?? E)',
  '(E ? E : E)',
  '(E ? t(1) : t(2))',
  '(E, E)',
  '!E',
  '(-E)',
  'typeof E',
  'void E',
  '(V = E)',
  '(V += E)',
  '(V ||= E)',
  '(V === null || V === undefined ? E : V)',
  'V++',
  '--V',
  '(E === E)',
  '(E != null)',
  '(E < E)',
  '(E < E ? E : V)',
  '[E, ...[E], E]',
  '({ p: E, q: E })',
  '({ p: E, q: E }).p',
  '[E, E][1]',
  '(o.p = E)',
  '(o.q ? E : o.p)',
  '(o[E] = E)',
  'o?.p?.x',
  'delete o.p',
  '("p" in o)',
  '(E instanceof Object)',
  '(V instanceof Array)',
  '(F(E) instanceof (E, String))',

  'F(E)',
  'F(E, E)',
  'F?.(E)',
  '(function (p, N) { S return P; })(E, E)',
  '(function (p) { S return arguments.length + String(p); })(E, E)',
  '((p) => P)(E)',
  '(({ p, ...rest }) => [P, rest])({ p: E, r: E })',
  '((p = E, ...rest) => [P, rest.length])(E)',
  '[...(function* () { yield E; S yield E; })()].length',
  'new (class { constructor(p) { this.v = P; } get w() { return E; } static s = V; })(E).w',
  '(function () { S }).call(E)',
  '(() => { S return E; })()',
  '`a${E}b${E}`',
  'String(E).length',
  'Math.max(E, 1)',
  '[E, E].map((p) => P).length',
  '(E === 1 || E === "s")',
  '(typeof V === "undefined" ? E : V)',
];

const LAST_EXPRESSIONS = [
  '0',
  '1',
  '2',
  '""',
  '"s"',
  '"it\'s"',
  'null',
  'undefined',
  'NaN',
  'true',
  'o.p',
  'this',
  '1e3',
  '[]',
  '-0',
];

/** `S` is a statement; `L` a label, `I` a counter; `B` the same inside of a loop; `C` declares a constant for what follows. */
const STATEMENTS = [
  't(E);',
  't(E);',
  'E;',
  'V = E;',
  'if (E) { S } else { S }',
  'if (E) { S }',
  'if (E) return E;',
  'if (E) { V = E; } else { V = E; }',
  'if (!E) { t(E); } else if (E) { S } else return;',
  'for (var I = 0; I < 2; I++) { B }',
  'for (let j = 0; j < 2; j++) { later.push(() => t(j)); B }',
  'for (const p of [E, E]) { later.push(() => t(p)); B }',
  'for (var k in { p: E, q: E }) { B }',
  'while (fuel()) { B if (E) break; B }',
  'do { B } while (fuel() && E);',
  'L: for (; fuel(); ) { for (; fuel(); ) { B if (E) continue L; if (E) break L; break; } S }',
  'L: { S if (E) break L; S }',
  'switch (E) { case E: S case E: { S break; } default: S }',
  'switch (E) { case 1: V = E; break; case "s": S }',
  'try { S throw E; } catch (e) { t(e); S }',
  'try { S if (E) return E; } finally { S }',
  'try { S } catch { S } finally { S }',
  'try { throw E; } catch ({ length }) { t(length); }',
  '{ S S }',
  '(function () { S })();',
  'later.push(function () { S });',
  'S S',
  'S S S',
  'throw E;',
  'return E;',
];

const LAST_STATEMENTS = ['t(V);', 'V = 1;', ';', 't(2);', 'V++;'];
const LOOP_STATEMENTS = ['if (E) continue;', 'if (E) break;', 'if (E) { S continue; }'];

class Writer {
  private count = 0;

  constructor(private readonly dice: Dice) {}

  private fill(template: string, scope: Scope, depth: number): string {
    const count = this.count++;
    const inner: Record<string, () => string> = {
      L: () => `label${count}`,
      I: () => `index${count}`,
      E: () => this.expression(scope, depth - 1),
      V: () => this.dice.pick(scope.variables),
      N: () => this.dice.pick(scope.variables),
      F: () => this.dice.pick(scope.functions),
      P: () => this.expression({ ...scope, constants: [...scope.constants, 'p'] }, depth - 1),
      S: () => this.statement({ ...scope, isLoop: false }, depth - 1),
      B: () => this.statement({ ...scope, isLoop: true }, depth - 1),
    };
    return template.replace(/\b[EVNFPSBLI]\b/g, (letter) => (inner[letter] as () => string)());
  }

  private expression(scope: Scope, depth: number): string {
    const isLast = depth <= 0 || this.dice.chance(0.3);
    const known = [...scope.variables, ...scope.constants];
    if (isLast) return this.dice.chance(0.6) ? this.dice.pick(known) : this.dice.pick(LAST_EXPRESSIONS);
    return this.fill(this.dice.pick(EXPRESSIONS), scope, depth);
  }

  /** Names that a block declares are new, so that no place is in their dead zone. */
  private statement(scope: Scope, depth: number): string {
    if (depth <= 0) return this.fill(this.dice.pick(LAST_STATEMENTS), scope, 1);
    const choice = this.dice.below(10);
    if (choice === 0) return this.declaration(scope, depth);
    if (choice === 1) return this.functionDeclaration(scope, depth);
    if (choice === 2 && scope.isLoop) return this.fill(this.dice.pick(LOOP_STATEMENTS), scope, depth);
    return this.fill(this.dice.pick(STATEMENTS), scope, depth);
  }

  private declaration(scope: Scope, depth: number): string {
    const name = `name${this.count++}`;
    const value = this.expression(scope, depth);
    const isConstant = this.dice.chance(0.4);
    const inner = isConstant
      ? { ...scope, constants: [...scope.constants, name] }
      : { ...scope, variables: [...scope.variables, name] };
    const word = isConstant ? 'const' : this.dice.pick(['let', 'var']);
    return `{ ${word} ${name} = ${value}; ${this.statement(inner, depth - 1)} ${this.statement(inner, depth - 1)} }`;
  }

  private functionDeclaration(scope: Scope, depth: number): string {
    const name = `name${this.count++}`;
    const [first, second] = this.dice.some(['a', 'b', 'p', 'q', 'r'], 2) as [string, string];
    const own = { ...scope, variables: [...scope.variables, first, second], isLoop: false };
    const body = `${this.statement(own, depth - 1)} return ${this.expression(own, depth - 1)};`;
    const strict = this.dice.chance(0.2) ? '"use strict"; ' : '';
    const after = this.statement({ ...scope, functions: [...scope.functions, name] }, depth - 1);
    return `{ function ${name}(${first}, ${second}) { if (!fuel()) return 0; ${strict}${body} } ${after} }`;
  }

  program(): string {
    const scope = { variables: ['a', 'b', 'c'], constants: ['o'], functions: ['f', 't'], isLoop: false };
    const body = Array.from({ length: 4 }, () => this.statement(scope, 4)).join('\n');
    return `function (t, o, fuel, later) {
var a = 1, b = 's', c;
function f(a, b) { if (!fuel()) return 0; ${this.statement({ ...scope, functions: ['t'] }, 3)} return b; }
${body}
return [a, b, c];
}`;
  }
}

/** The text of a function `(t, o, fuel, later) => …`, the same for the same seed. */
export const randomProgram = (seed: number): string => new Writer(new Dice(seed)).program();

/** Runs such a function, and tells all that it did. */
export function traceOf(program: (...parameters: unknown[]) => unknown): string {
  const trace: string[] = [];
  let fuel = 60;
  const note = (value: unknown): unknown => {
    trace.push(show(value));
    return value;
  };
  const later: (() => unknown)[] = [];
  const attempt = (run: () => unknown): void => {
    try {
      trace.push(`gives ${show(run())}`);
    } catch (error) {
      trace.push(`throws ${show(error)}`);
    }
  };
  const o = { p: 3 };
  attempt(() => program.call('this', note, o, () => fuel-- > 0, later));
  for (const run of later.slice(0, 20)) attempt(run);
  return [...trace.slice(0, 500), show(o)].join('\n');
}

function show(value: unknown, depth = 0): string {
  if (typeof value === 'function') return 'function';
  if (value instanceof Error || Object.prototype.toString.call(value) === '[object Error]')
    return (value as Error).name;
  if (depth > 3) return '…';
  if (Array.isArray(value)) return `[${value.map((each) => show(each, depth + 1))}]`;
  if (Object.is(value, -0)) return '-0';
  if (Object(value) !== value || value === globalThis) return `${typeof value} ${String(value)}`;
  return `{${Object.entries(value as object).map(([key, each]) => `${key}:${show(each, depth + 1)}`)}}`;
}
