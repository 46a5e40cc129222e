/** Modules → the names in them, as `core/joins.ts` asks for them: few need a tree. */
import type { ModuleWords, NameMeaning } from './core/name-clashes';
import { partsIn } from './core/parts';
import { originOf } from './core/prune';
import type { Module } from './model';
import { meaningsInTokens } from './parse/module-scope/from-tokens';
import { type ModuleScope, meaningIn, scopeOfSource } from './parse/module-scope/from-tree';
import { wordsOfSource } from './parse/module-scope/words';
import { rangeAt } from './ranges';

/** Modules are the same objects while they have the same code. */
const words = new WeakMap<Module, { found: ModuleWords | undefined }>();
const meanings = new WeakMap<Module, Map<string, NameMeaning>>();
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
  const own = new Set(module.facts.syntax?.parts?.words ?? wordsOfSource(module.source));
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

/**
 * What some names are in a module.
 * @returns `undefined` where that cannot be told
 */
export function meaningsOf(
  module: Module,
  names: readonly string[],
): ReadonlyMap<string, NameMeaning> | undefined {
  const known = meanings.get(module) ?? new Map<string, NameMeaning>();
  const asked = names.filter((name) => !known.has(name));
  if (asked.length === 0) return known;
  const found = meaningsInTokensOf(module, asked) ?? meaningsInTree(module, asked);
  if (found === undefined) return undefined;
  const free = new Set(wordsPutIn(module));
  for (const [name, meaning] of found)
    known.set(name, free.has(name) ? { ...meaning, isFree: true } : meaning);
  meanings.set(module, known);
  return known;
}

/** Of a module whose top level is known: that has no `eval`, and holds no resources. */
function meaningsInTokensOf(
  module: Module,
  names: readonly string[],
): ReadonlyMap<string, NameMeaning> | undefined {
  const { source, dropped = [], facts } = module;
  const { syntax } = facts;
  const own = wordsOf(module);
  if (own === undefined || syntax?.parts?.others === undefined || scopes.has(module)) return undefined;
  const entries = syntax.declarations.filter(({ form }) => form === 'entries');
  // Dead code may name what is not imported any more.
  const imports = importsOf(originOf(module));
  return meaningsInTokens({ source, dropped, entries, top: own.top, imports }, names);
}

function meaningsInTree(
  module: Module,
  names: readonly string[],
): ReadonlyMap<string, NameMeaning> | undefined {
  const scope = scopeOf(module);
  return scope && new Map(names.map((name) => [name, meaningIn(scope, name)]));
}

function scopeOf(module: Module): ModuleScope | undefined {
  const known = scopes.get(module);
  if (known) return known.found;
  const found = scopeOfSource(module.source, module.dropped ?? []);
  scopes.set(module, { found });
  return found;
}
