/** What of the disk the references of modules depend on: noted as they are resolved, or once more, of modules that are known. */
import { questionOf, type ResolutionObserver } from '../fs/resolve';
import { type ResolveSettings, resolveKindOf, specifiersOf } from '../fs/settings';
import { isVirtual } from '../fs/virtual';
import { fileOf } from '../module-path';
import type { Known } from './known';
import type { Places } from './places';

/** Notes what a resolver looks at. */
export const observerOf = (places: Places, settings: ResolveSettings): ResolutionObserver => ({
  onAsked: (specifier, directory) => places.noteSpecifier(specifier, directory),
  onLookedIn: (directory) => places.noteDirectory(directory),
  onAnswered(specifier, directory, resolution) {
    if ('reason' in resolution) places.noteMissing(specifier, directory, settings);
    else noteFound(places, specifier, [resolution.path, resolution.main]);
  },
});

/** Notes what the resolver was told of as the module was resolved. */
export function noteAgain(places: Places, { module, missing }: Known, settings: ResolveSettings): void {
  const { path, facts, targets, mains } = module;
  if (!isVirtual(path)) places.noteModule(fileOf(path));
  for (const directory of module.matched?.directories ?? []) places.noteDirectory(directory);
  const unmet = new Set(missing.map(({ index }) => index));
  facts.references.forEach((reference, index) => {
    const target = targets[index];
    // What options name is looked for elsewhere.
    if (reference.provides || reference.pattern || (target === undefined && !unmet.has(index))) return;
    for (const each of specifiersOf(reference)) {
      const { specifier, directory } = questionOf(each, path, resolveKindOf(reference.kind));
      if (directory === undefined) return;
      places.noteSpecifier(specifier, directory);
      if (target === undefined) places.noteMissing(specifier, directory, settings);
      else noteFound(places, specifier, [target, mains?.[index]]);
    }
  });
}

function noteFound(places: Places, specifier: string, paths: readonly (string | undefined)[]): void {
  const [first] = paths;
  if (first === undefined || isVirtual(first)) return;
  for (const path of paths) if (path !== undefined) places.noteResolved(specifier, fileOf(path));
}
