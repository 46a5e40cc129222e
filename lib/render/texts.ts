/** Modules → their texts, each with what it was made of. */
import { isSameList } from '../core/again';
import { namedPaths } from '../core/reachable';
import type { Module } from '../model';
import { type Piece, textOf } from './edits';
import type { EsFunction } from './esm-context';
import type { RenderedModule } from './maps';
import { renderModule, renderShared } from './module';
import type { ModuleNames } from './references';
import { verifyTexts } from './verify';

/** A rendered module, and the text its pieces make. */
export interface Rendered extends RenderedModule {
  text: string;
  /** Of one that shares its function. */
  shared?: Shared;
}

/** The function that a module shares, and what of its text is its own: the first begins with the function, the last ends it. */
export interface Shared extends EsFunction {
  body: readonly Piece[];
}

/** Whether the module would be rendered to the same text again. */
function isCurrent(module: Module, before: ModuleNames, now: ModuleNames): boolean {
  if (before === now) return true;
  return [module.path, ...namedPaths(module)].every(
    (path) =>
      before.has(path) === now.has(path) &&
      before.id(path) === now.id(path) &&
      before.short.get(path) === now.short.get(path) &&
      before.isEsModule(path) === now.isEsModule(path) &&
      before.isPlainStyle(path) === now.isPlainStyle(path),
  );
}

/**
 * A module's text; as it was rendered before, where that is right still.
 * @param known what it was, and the names that were then
 */
export function renderText(
  module: Module,
  names: ModuleNames,
  known: Rendered | undefined,
  before: ModuleNames | undefined,
): Rendered {
  if (known?.module === module && !known.shared && before && isCurrent(module, before, names)) return known;
  const pieces = renderModule(module, names);
  const rendered = { module, pieces, text: textOf(pieces, module.source) };
  verifyTexts([rendered], names);
  return rendered;
}

/**
 * The same of modules that share a function, of which each may have its text from before if all have.
 * @param findRenamed gives what of each is called otherwise, where that matters
 * @param known what they were, and the names that were then
 */
export function renderTexts(
  { members, requests }: Omit<EsFunction, 'renamed'>,
  findRenamed: () => EsFunction['renamed'],
  names: ModuleNames,
  known: readonly (Rendered | undefined)[],
  before: ModuleNames | undefined,
): Rendered[] {
  const isKnown = (each: Rendered | undefined): each is Rendered =>
    each?.shared !== undefined &&
    isSameList(each.shared.members, members) &&
    isSameList(each.shared.requests, requests);
  if (before && known.every(isKnown) && members.every((each) => isCurrent(each, before, names)))
    return [...known];
  const renamed = findRenamed();
  const all = renderShared({ members, requests, renamed }, names);
  const rendered = members.map((module, index): Rendered => {
    const pieces = all[index] as Piece[];
    // Before the first, there is the key, too.
    const body = pieces.slice(index === 0 ? 2 : 1, index === members.length - 1 ? -1 : undefined);
    return {
      module,
      pieces,
      text: textOf(pieces, module.source),
      shared: { members, requests, renamed, body },
    };
  });
  verifyTexts(rendered, names);
  return rendered;
}
