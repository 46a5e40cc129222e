/** Modules → the names in them, as `core/joins.ts` asks for them: few need a tree. */
import type { ModuleScope, ModuleWords } from './core/name-clashes';
import { partsIn } from './core/parts';
import type { Module } from './model';
import { scopeOfSource } from './parse/module-scope/from-tree';
import { wordsOfSource } from './parse/module-scope/words';
import { rangeAt } from './ranges';

/** Modules are the same objects while they have the same code. */
const words = new WeakMap<Module, { found: ModuleWords | undefined }>();
const scopes = new WeakMap<Module, { found: ModuleScope | undefined }>();

/** @returns `undefined` where they cannot be told */
export function wordsOf(module: Module): ModuleWords | undefined {
  const known = words.get(module);
  if (known) return known.found;
  const found = readWords(module);
  words.set(module, { found });
  return found;
}

function readWords(module: Module): ModuleWords | undefined {
  const top = topOf(module);
  if (top === undefined) return undefined;
  const own = wordsOfSource(module.source);
  const others = wordsPutIn(module);
  return { top, imports: importsOf(module), words: others.length === 0 ? own : new Set([...own, ...others]) };
}

/** What values that take the place of something name, such as those of the option `define`. */
const wordsPutIn = ({ facts }: Module): string[] =>
  facts.replacements.flatMap(({ text }) => [...wordsOfSource(text)]);

const importsOf = ({ facts: { syntax } }: Module): ReadonlySet<string> =>
  new Set(syntax?.imports.map(({ local }) => local));

function topOf(module: Module): ReadonlySet<string> | undefined {
  const { dropped = [], facts } = module;
  const others = facts.syntax?.parts?.others;
  if (others === undefined) {
    const scope = scopeOf(module);
    return scope && new Set(scope.top.keys());
  }
  const left = partsIn(facts.syntax).filter(({ start }) => rangeAt(dropped, start) < 0);
  return new Set([...others, ...left.flatMap(({ names }) => names.filter((name) => name !== ''))]);
}

/** @returns `undefined` where it cannot be told */
export function scopeOf(module: Module): ModuleScope | undefined {
  const known = scopes.get(module);
  if (known) return known.found;
  const read = scopeOfSource(module.source, module.dropped ?? []);
  const found = read && { ...read, free: new Set([...read.free, ...wordsPutIn(module)]) };
  scopes.set(module, { found });
  return found;
}
