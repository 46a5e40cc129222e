/** Modules → their texts, each with what it was made of. */
import { originOf } from '../core/prune';
import { namedPaths } from '../core/reachable';
import type { Module } from '../model';
import { textOf } from './edits';
import type { RenderedModule } from './maps';
import { renderModule } from './module';
import type { ModuleNames } from './references';
import { verifyText } from './verify';

/** A rendered module, and the text its pieces make. */
export interface Rendered extends RenderedModule {
  text: string;
}

/** Whether the module would be rendered to the same text again. */
function isCurrent(rendered: Rendered, module: Module, before: ModuleNames, now: ModuleNames): boolean {
  if (rendered.module !== module) return false;
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
  if (known && before && isCurrent(known, module, before, names)) return known;
  const pieces = renderModule(module, names);
  const text = textOf(pieces, module.source);
  verifyText(originOf(module), module, text, names);
  return { module, pieces, text };
}
