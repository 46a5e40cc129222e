/** Runs sources through tokens and trees, and makes mutants of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import type { Constant, ImportEntry, ModuleFacts } from '../../lib/facts';
import { refusalOf } from '../../lib/fs/validity';
import { moduleFacts, scriptFacts } from '../../lib/parse/from-tokens';
import { looksLikeModule } from '../../lib/parse/gate';
import type { ParseOptions } from '../../lib/parse/parse';
import { normalise } from '../../lib/parse/source';
import type { Dice } from '../esm/dice';
import { meriyah, topNames, wholeFactsOf, withoutParts } from './engines';

type Env = Record<string, string>;

/** What a source is to the reader of tokens: read as the tree is, left to the tree, or no JavaScript. */
export type Outcome = 'read' | 'left' | 'invalid';

/** Fails where tokens tell what the tree does not. `isModule`: by its name or package.json it is an ES module. */
export function compareReaders(source: string, where: string, env: Env = {}, isModule = false): Outcome {
  if (/\/\*\s*js\s*\*\//.test(source)) return 'left';
  const plain =
    isModule || looksLikeModule(source)
      ? moduleFacts(source, env, undefined, isModule)
      : validScriptFacts(source, env);
  if (plain === undefined) return 'left';
  const tree = treeOf(source, { env, type: isModule ? 'module' : undefined });
  if (tree === undefined) return 'invalid';
  expect(withoutParts(plain), where).to.deep.equal(withoutParts(tree));
  const top = topNames(plain);
  if (top) expect(top, where).to.deep.equal(topNames(tree));
  return 'read';
}

const VALUES: readonly Constant[] = [true, false, null, 0, 1, -2, '', 'on', 'production'];

/** Likewise of an ES module, when some of its imports are known. */
export function compareKnowing(source: string, where: string, dice: Dice, isModule = false): Outcome {
  const without = moduleFacts(source, {}, undefined, isModule);
  const { imports = [], uses = [] } = without?.syntax ?? {};
  const paths = uses.flatMap(({ entry, member }) => {
    const { name, local } = imports[entry] as ImportEntry;
    return name !== undefined ? [local] : member === undefined ? [] : [`${local}.${member}`];
  });
  const some = dice.some([...new Set(paths)], 1 + dice.below(3));
  const values = Object.fromEntries(some.slice(1).map((path) => [path, dice.pick(VALUES)]));
  const known = dice.chance(0.5)
    ? { values, effectless: some.slice(0, 1) }
    : {
        values: {
          ...values,
          ...Object.fromEntries(some.slice(0, 1).map((path) => [path, dice.pick(VALUES)])),
        },
        effectless: [],
      };
  const plain = moduleFacts(source, {}, undefined, isModule, known);
  if (plain === undefined) return 'left';
  const type = isModule ? 'module' : undefined;
  const tree = treeOf(source, { imports: known, type, parser: meriyah });
  if (tree === undefined) return 'invalid';
  expect(withoutParts(plain), `${JSON.stringify(known)} ${where}`).to.deep.equal(withoutParts(tree));
  return 'read';
}

/** An engine is asked before. */
const validScriptFacts = (source: string, env: Env): ModuleFacts | undefined =>
  refusalOf(source) === undefined ? scriptFacts(source, env) : undefined;

function treeOf(source: string, options: Partial<ParseOptions>): ModuleFacts | undefined {
  try {
    return wholeFactsOf(source, { ...options, isAccepted: () => false });
  } catch {
    return undefined;
  }
}

/** How many there are of each. */
export function countOutcomes(outcomes: Iterable<Outcome>): Record<Outcome, number> {
  const counts = { read: 0, left: 0, invalid: 0 };
  for (const outcome of outcomes) counts[outcome]++;
  return counts;
}

export interface Installed {
  path: string;
  source: string;
  isModule: boolean;
}

/** The modules below a directory, each text once, in a fixed order. */
export function* installedModules(root: string): Generator<Installed> {
  const seen = new Set<string>();
  const kinds = new Map<string, boolean>();
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/\.m?js$/.test(file) || file.includes('.bin')) continue;
    const path = join(root, file);
    const source = textOf(path);
    if (source === undefined || seen.has(source)) continue;
    seen.add(source);
    const isModule = file.endsWith('.mjs') || isModuleFolder(dirname(path), kinds);
    yield { path, source, isModule };
  }
}

/** `undefined` for directories with the names of files. */
function textOf(path: string): string | undefined {
  try {
    return normalise(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Whether the nearest package.json says that its files are ES modules. */
function isModuleFolder(folder: string, known: Map<string, boolean>): boolean {
  const said = known.get(folder);
  if (said !== undefined) return said;
  const text = textOf(join(folder, 'package.json'));
  const isTop = folder.endsWith('node_modules') || dirname(folder) === folder;
  const isModule = text === undefined ? !isTop && isModuleFolder(dirname(folder), known) : typeIn(text);
  known.set(folder, isModule);
  return isModule;
}

const typeIn = (json: string): boolean => /"type"\s*:\s*"module"/.test(json);

/** Statements and members with traps, where `X` stands for a name of the module. */
const TRAPS = [
  'X / 2 / X;',
  'if (X) /X/.test(X);',
  'while (X) /[/]X"/.exec(X);',
  'a = b\n/X/g.exec(X);',
  'a = `${X} ${`${X}`} \\` X`;',
  'X`a${X}`;',
  'X\n`a`;',
  'a = { X, b: X, X: 1 };',
  '({ X } = a);',
  '[X] = a;',
  '[a.b, X.c] = d;',
  'for (X of a);',
  'for (const a of X) X(a);',
  'for (const X in a) X;',
  'for (let i = 0, X = 1; i < X; i++);',
  'X: for (;;) break X;',
  'switch (X) { case X: X(); break; case X + 1: X(); default: X() }',
  'a = X ? X : { X };',
  'a = X ? { X() {} } : X();',
  'class A extends X { X() { X() } static X = X; get X() { return X } #X = X; [X] = X\n X\n static { X() } }',
  'class A { a = X\n X() {} ; X }',
  'class A { X = 1; static async *X() {} }',
  'a = { get X() { return X }, set X(v) {}, async X() {}, *X() {}, async *X() {}, [X]: X };',
  'a = { if(X) { X() }, for(X) {}, catch(X) {}, function(X) {}, class: X, get: X, async: X };',
  'function X() {}',
  'function f(X) { X() }',
  'function f(a = X, { b = X, X: c }, ...d) { X(a) }',
  'function f({ X }, [b, ...X]) {}',
  'a = X => X;',
  'a = async X => X;',
  'a = (b, X) => X;',
  'a = async (X) => X;',
  'a = async(X);',
  'a = (b = X) => ({ X });',
  'a = ({ b: X }) => X;',
  'a = ({ b: c }) => { X() }',
  'try { X() } catch (X) { X() }',
  'try { X() } catch { X() } finally { X() }',
  'var X;',
  'let a1 = 1, X = 2;',
  'const { X } = a;',
  'const { a2 = X } = a;',
  'X++;',
  '--X;',
  'X += 1;',
  'X ||= 1;',
  '(X) = 1;',
  '(X)(a);',
  '(X)`a`;',
  '((X))?.(a);',
  '(0, X)(a);',
  'if (a) X();',
  'if (a) X(); else X();',
  'if (a) (X)(b);',
  'if (a) [X] = b;',
  'do X(); while (X)\nX();',
  'do { } while (X) X();',
  'while (a) X();',
  'a = b\nX()',
  'a()\nX()',
  'a = {}\nX()',
  'a = function () {}\nX()',
  'a++\nX()',
  'a\n++\nX',
  'new X;',
  'new X(X).X(X);',
  'new X.Y(X);',
  'new (X)();',
  'new (X())();',
  'X?.(a);',
  'X?.a?.[X];',
  'X?.5:1;',
  'typeof X; void X; delete X.a;',
  'a.X(); a?.X; a.X.X;',
  'a = b in X; a = X in b; a = X instanceof X;',
  'a = [X, ...X, [X]];',
  'f(X, ...X, { X, ...X }, [X]);',
  'f(function (X) { X() });',
  'f(function () { return arguments.length + X });',
  'f(() => arguments);',
  'function* g() { yield X; yield* X; yield\nX() }',
  'async function h() { await X; for await (const a of X) X(a); await\nX() }',
  'function r() { return\nX() }',
  'a = b * X;',
  'a = { ...X, b: { X }, c: [X] };',
  'export const X1 = X;',
  'export { X as X2 };',
  'export { X as default };',
  'export default X;',
  'export default () => X',
  'export default X\nX()',
  'export default function () { X() }',
  'export default class { X() {} }',
  'export let X3 = () => {}\nX()',
  'export var X4 = 1, X5 = X;',
  "import X6 from 'a'\nX6()",
  "import X7, * as X8 from 'b'; X8.a(X7); X8 . b; X8?.c",
  "export * from 'c'\nX()",
  "export * as X9 from 'd';",
  'import("X")',
  'import.meta.url',
  'process.env.NODE_ENV',
  'if (process.env.NODE_ENV !== "production") { a(process.env.NODE_ENV === "test" ? 1 : 2) }',
  'if (process.env.NODE_ENV !== "production") a(); else a(process.env.NODE_ENV || X)',
  'process.env.NODE_ENV !== "production" && a(process.env.NODE_ENV === 1)',
  'a = process.env.NODE_ENV === "production" ? X : !process.env.NODE_ENV;',
  'if ((process.env.NODE_ENV === "x" || X) && true) { a = process.env.NODE_ENV + X }',
  'if (false) { a = process.env.NODE_ENV + X }',
  'a = true || (process.env.NODE_ENV === X);',
  'process.env.NODE_ENV = X;',
  'a = { process: X, require: X, b: a.process };',
  'require("a");',
  'try { require("a") } catch (X) {}',
  'if (typeof require === "function") a = require("b").require(require);',
  'if (process.env.NODE_ENV !== "production") { require("a"); global.b() }',
  'a = typeof process === "object" && process.cwd();',
  'if (typeof Buffer !== "undefined" && X) Buffer.from(X); else a(X)',
  'a = X && typeof process < "u" && process.env || typeof Buffer > "u" ? X : Buffer.from(X)',
  'if (X instanceof Buffer) Buffer.from(X); else a(Buffer.isBuffer(X))',
  'if ("undefined" == typeof process || X || process.b) { a() } else { process.on(X) }',
  'a = typeof setImmediate === "function" ? setImmediate : b; Buffer.from(__dirname)',
  'a = { Buffer, global: 1, process() {} }; a.Buffer',
  'var global = a;',
  'function f(require) { require("a") }',
  '(function (Buffer) { Buffer() })(Buffer);',
  'if (true) { global } else { Buffer }',
  'a = false && __filename;',
  'a = (0, require)("b") || (require)("c") || new require("d");',
  'a < ! --X;',
];

const NAME = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;
const KEYWORDS = [
  'if',
  'of',
  'get',
  'async',
  'class',
  'function',
  'return',
  'default',
  'in',
  'static',
  'import',
];

/** The source with one to three changes that are likely to matter. Not all mutants are JavaScript. */
export function mutantOf(source: string, dice: Dice): string {
  let text = source;
  for (let count = 1 + dice.below(3); count > 0; count--) text = dice.pick(CHANGES)(text, dice);
  return text;
}

const CHANGES: readonly ((source: string, dice: Dice) => string)[] = [
  insertTrap,
  insertTrap,
  insertTrap,
  renameOne,
  renameOne,
  (source, dice) => replaceOne(source, /;(?=\s*\n)/g, '', dice),
  (source, dice) => replaceOne(source, /;?\n/g, ' ', dice),
  (source, dice) => replaceOne(source, /(?<=[.{,]\s*)\b[a-z]\w*/g, dice.pick(KEYWORDS), dice),
  (source, dice) => replaceOne(source, /(?<=\w)(?= )/g, '/* X */', dice),
  (source, dice) => replaceOne(source, /(?<=[({,=])/g, '\n', dice),
];

/** Mostly one that is imported. */
function nameIn(source: string, dice: Dice): string {
  const declarations = source.match(/^import[^'";]*/gm) ?? [];
  const text = declarations.length > 0 && dice.chance(0.8) ? dice.pick(declarations) : source;
  const names = (text.match(NAME) ?? []).filter((name) => !/^(?:import|from|as)$/.test(name));
  return names.length > 0 ? dice.pick(names) : 'x';
}

function insertTrap(source: string, dice: Dice): string {
  const trap = dice.pick(TRAPS).replaceAll('X', () => nameIn(source, dice));
  return replaceOne(source, /(?<=[;}]\s*\n)/g, `${trap}${dice.pick(['\n', ' ', ';\n'])}`, dice);
}

/** One name becomes another one. */
function renameOne(source: string, dice: Dice): string {
  return replaceOne(source, NAME, nameIn(source, dice), dice);
}

function replaceOne(source: string, pattern: RegExp, text: string, dice: Dice): string {
  const places = [...source.matchAll(pattern)];
  if (places.length === 0) return source;
  const { index, 0: found } = dice.pick(places);
  return source.slice(0, index) + text + source.slice(index + found.length);
}
