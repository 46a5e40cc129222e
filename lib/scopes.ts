/** Modules → the names in them, as `core/joins.ts` asks for them: few need a tree. */
import type { ModuleWords, NamePlaces } from './core/name-clashes';
import { partsIn } from './core/parts';
import type { Module } from './model';
import { placesInTokens } from './parse/module-scope/from-tokens';
import { placesInTree } from './parse/module-scope/from-tree';
import { wordsOfSource } from './parse/module-scope/words';
import { rangeAt } from './ranges';

/** Modules are the same objects while they have the same code. */
const words = new WeakMap<Module, { found: ModuleWords | undefined }>();
const places = new WeakMap<Module, { found: NamePlaces | undefined }>();
const trees = new WeakMap<Module, { found: NamePlaces | undefined }>();

function remember<Found>(
  known: WeakMap<Module, { found: Found }>,
  module: Module,
  find: (module: Module) => Found,
): Found {
  const before = known.get(module);
  if (before) return before.found;
  const found = find(module);
  known.set(module, { found });
  return found;
}

/** @returns `undefined` where they cannot be told, or where what takes the place of something names one of them */
export const wordsOf = (module: Module): ModuleWords | undefined => remember(words, module, readWords);

function readWords(module: Module): ModuleWords | undefined {
  const top = topOf(module);
  if (top === undefined) return undefined;
  const { syntax, replacements } = module.facts;
  // What values name that take the place of something, such as those of the option `define`.
  const putIn = replacements.flatMap(({ text }) => [...wordsOfSource(text)]);
  if (putIn.some((word) => top.has(word))) return undefined;
  const imports = new Set(syntax?.imports.map(({ local }) => local));
  for (const word of putIn) imports.delete(word);
  const words = syntax?.parts?.words ?? wordsOfSource(module.source);
  return { top, imports, words: putIn.length === 0 ? words : [...words, ...putIn] };
}

function topOf(module: Module): ReadonlySet<string> | undefined {
  const { dropped = [], facts } = module;
  const others = facts.syntax?.parts?.others;
  if (others === undefined) {
    const found = inTree(module);
    return found && new Set(found.keys());
  }
  const left = partsIn(facts.syntax).filter(({ start }) => rangeAt(dropped, start) < 0);
  return new Set([...others, ...left.flatMap(({ names }) => names.filter((name) => name !== ''))]);
}

/**
 * Where the names stand that the top level of a module declares.
 * @returns `undefined` where that cannot be told, or one of them could not be called otherwise
 */
export const placesOf = (module: Module): NamePlaces | undefined => remember(places, module, readPlaces);

function readPlaces(module: Module): NamePlaces | undefined {
  const { source, dropped = [], facts } = module;
  const top = wordsOf(module)?.top;
  if (top === undefined) return undefined;
  if (facts.syntax?.parts?.others === undefined) return inTree(module);
  const entries = facts.syntax.declarations.filter(({ form }) => form === 'entries');
  return placesInTokens({ source, dropped, entries }, top) ?? inTree(module);
}

const inTree = (module: Module): NamePlaces | undefined =>
  remember(trees, module, ({ source, dropped }) => placesInTree(source, dropped ?? []));
