/** Names of all modules of a script or of all bundles, and what rendering asks of them. */
import { isEsModule } from '../core/es-module';
import { isPlainStyle } from '../core/kinds';
import { moduleIds, stableNames } from '../core/names';
import { type ShortNames, shortNames } from '../core/short-names';
import type { Module } from '../model';
import { type ModuleNames, RUNTIME } from './references';

/** What names are made with. */
interface Naming {
  root: string;
  debug: boolean;
  /** Whether what nobody needs is left out. */
  shake: boolean;
  /** Text → base64url of its SHA-256. */
  hash(text: string): string;
  /** Path of the module that links ES modules. */
  runtime: string;
  /** What CommonJS modules have for `global`. Default: what pages have. */
  global?: string;
}

/** Modules with the names that were made of them. */
interface Named {
  modules: readonly Module[];
  names: ModuleNames;
}

/** Pages and workers have a `self`. */
const PAGE_GLOBAL = 'self';

/** Node, which runs scripts that stand alone as well, has none. */
export const ALONE_GLOBAL = 'typeof self=="undefined"?globalThis:self';

const NO_SHORT_NAMES: ShortNames = new Map();

/**
 * They follow from the modules' paths, from which of these are ES modules, and from what they export to whom.
 * @param entries paths of those whose exports others may get
 * @param before an earlier plan, with names
 */
export function nameModules(
  modules: ReadonlyMap<string, Module>,
  entries: readonly string[],
  naming: Naming,
  before?: Named,
): ModuleNames {
  const known = before?.names;
  const short = naming.shake && !naming.debug ? shortNames(modules, entries, known?.short) : NO_SHORT_NAMES;
  if (before === undefined || !areNamed(modules, before)) return { ...nameAnew(modules, naming), short };
  return before.names.short === short ? before.names : { ...before.names, short };
}

function nameAnew(
  modules: ReadonlyMap<string, Module>,
  { root, hash, debug, runtime, global = PAGE_GLOBAL }: Naming,
): Omit<ModuleNames, 'short'> {
  const names = stableNames(modules.keys(), root);
  const ids = moduleIds(names.values(), hash, debug);
  const name = (path: string): string => names.get(path) as string;
  const pathsOf = (isWanted: (module: Module) => boolean): ReadonlySet<string> =>
    new Set([...modules.values()].filter(isWanted).map(({ path }) => path));
  const esModules = pathsOf(isEsModule);
  const plainStyles = pathsOf(isPlainStyle);
  return {
    name,
    global,
    id: (path) => (path === runtime ? RUNTIME : (ids.get(name(path)) as string)),
    has: (path) => names.has(path),
    isEsModule: (path) => esModules.has(path),
    isPlainStyle: (path) => plainStyles.has(path),
  };
}

const areNamed = (modules: ReadonlyMap<string, Module>, before: Named): boolean =>
  before.modules.length === modules.size &&
  before.modules.every((old) => {
    const now = modules.get(old.path);
    if (now === undefined || now === old) return now === old;
    const { names } = before;
    return (
      isEsModule(now) === names.isEsModule(now.path) && isPlainStyle(now) === names.isPlainStyle(now.path)
    );
  });
