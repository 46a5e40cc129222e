/**
 * Entries that stand alone → what the script of each holds. A script is a build of its own: it has names of its own, so that it changes with its
 * modules only, and bundles are what they are without it.
 */
import { isSameList, kept } from './core/again';
import { FileNames, hashSuffix, toFile } from './core/file-names';
import { isStyle } from './core/kinds';
import { reachAlone } from './core/standalone';
import type { BuildMetadata, Entry, Module, Standalone } from './model';
import { fileOf } from './module-path';
import { type NamedScript, record, toldPath } from './naming';
import { ALONE_GLOBAL, nameModules } from './render/module-names';
import type { ModuleNames } from './render/references';

/** A script that stands alone, as planned. */
export interface StandalonePlan extends Standalone, NamedScript {
  /** Paths of what the script holds, in the order in which it is written. */
  held: readonly string[];
  /** All that the entry reaches, in the order of their paths: styles have no text, and assets are their `data:` URLs. */
  modules: readonly Module[];
  numbers: ReadonlyMap<string, number>;
  names: ModuleNames;
  hasMap: boolean;
  /** The files that are part of the script. */
  embedded: readonly Embedded[];
}

/** What such plans depend on besides the modules. */
export interface StandaloneOptions {
  root: string;
  debug: boolean;
  /** Whether what nobody needs is left out. */
  shake: boolean;
  sourcemaps: boolean | undefined;
  /** Text → base64url of its SHA-256. */
  hash(text: string): string;
  /** Path of the module that links ES modules. */
  runtime: string;
  /** The source of a module that exports an asset's bytes as a URL. */
  embed(asset: Module): string;
}

/** An entry that stands alone. */
export interface StandaloneEntry extends Entry, Standalone {}

/**
 * Names of their files: those of the entries, unless they could not be beside each other or others.
 * @param others names that are taken
 */
export function nameStandalone(
  entries: readonly Entry[],
  others: readonly string[],
  hash: StandaloneOptions['hash'],
): string[] {
  const taken = new FileNames(others);
  return entries.map(({ name }) => {
    const stem = toFile(name);
    return taken.take(`${stem}.js`, stem + hashSuffix(name, hash), '.js');
  });
}

/** By what they were made of: who takes over what was made of a module asks whether it is the same object. */
const embedded = new WeakMap<Module, Module>();

/** The module as a script has it: what is given out as a file elsewhere is part of it, for no page says where files are. */
function embed(module: Module, options: StandaloneOptions): Module {
  if (module.asset === undefined) return module;
  const known = embedded.get(module);
  if (known) return known;
  const { asset: _, ...rest } = module;
  const made: Module = { ...rest, source: options.embed(module), runtime: undefined };
  embedded.set(module, made);
  return made;
}

/** A file that is part of a script. */
interface Embedded {
  path: string;
  bytes: number;
}

/** The size of an asset; nothing for other modules. */
const sizeOf = ({ path, asset }: Module): Embedded[] =>
  asset === undefined ? [] : [{ path, bytes: asset.bytes.length }];

const byPath = (a: Embedded, b: Embedded): number => (a.path < b.path ? -1 : 1);

function planOne(
  { path, name: entry, library }: StandaloneEntry,
  name: string,
  all: ReadonlyMap<string, Module>,
  options: StandaloneOptions,
  before: StandalonePlan | undefined,
): StandalonePlan {
  const { modules: reached, textless } = reachAlone(all, path, options.runtime);
  const paths = [...reached.keys()].sort();
  const modules = paths.map((each) => embed(reached.get(each) as Module, options));
  const naming = { ...options, global: ALONE_GLOBAL };
  const names = nameModules(new Map(modules.map((module) => [module.path, module])), [path], naming, before);
  const held = paths.filter((each) => !textless.has(each));
  held.sort((a, b) => (names.name(a) < names.name(b) ? -1 : 1));
  return {
    name,
    entry,
    path,
    library,
    held,
    modules,
    numbers: new Map(paths.map((each, number) => [each, number])),
    names,
    hasMap: options.sourcemaps ?? modules.some(({ input }) => input?.map !== undefined),
    embedded: [...reached.values()].flatMap(sizeOf).sort(byPath),
  };
}

const isSamePlan = (a: StandalonePlan, b: StandalonePlan): boolean =>
  a.name === b.name &&
  a.entry === b.entry &&
  a.path === b.path &&
  a.library === b.library &&
  a.hasMap === b.hasMap &&
  a.names === b.names &&
  isSameList(a.held, b.held) &&
  isSameList(a.modules, b.modules);

const isSamePlans = (a: readonly StandalonePlan[], b: readonly StandalonePlan[]): boolean => isSameList(a, b);

/**
 * Plans the scripts.
 * @param names of their files
 * @param all modules by path, with all that the entries reach
 * @param before those of an earlier plan
 */
export function planStandalone(
  entries: readonly StandaloneEntry[],
  names: readonly string[],
  all: ReadonlyMap<string, Module>,
  options: StandaloneOptions,
  before: readonly StandalonePlan[] | undefined,
): readonly StandalonePlan[] {
  const plans = entries.map((entry, index) => {
    const known = before?.find(({ path }) => path === entry.path);
    return kept(known, planOne(entry, names[index] as string, all, options, known), isSamePlan);
  });
  return kept(before, plans, isSamePlans);
}

/**
 * The plans with other texts in them, where no module has another shape.
 * @param turned by path, the modules that are others now
 */
export const replaceStandalone = (
  plans: readonly StandalonePlan[],
  turned: ReadonlyMap<string, Module>,
  options: StandaloneOptions,
): readonly StandalonePlan[] =>
  plans.map((plan) => {
    const modules = plan.modules.map((module) => {
      const now = turned.get(module.path);
      return now === undefined ? module : embed(now, options);
    });
    if (isSameList(modules, plan.modules)) return plan;
    const embedded = plan.embedded.map(
      (each) => [turned.get(each.path) ?? []].flat().flatMap(sizeOf)[0] ?? each,
    );
    return { ...plan, modules, embedded };
  });

/** Paths of the styles that a script's modules import, which it leaves out. */
export const stylesWithout = ({ modules, numbers }: StandalonePlan): string[] =>
  [
    ...new Set(
      modules.flatMap((module) =>
        isStyle(module)
          ? []
          : module.targets.filter((path) => {
              const target = modules[numbers.get(path ?? '') ?? -1];
              return target !== undefined && isStyle(target);
            }),
      ),
    ),
  ] as string[];

/** What is told of pages, with what there is to tell of the scripts. */
export function tellStandalone(
  metadata: BuildMetadata,
  plans: readonly StandalonePlan[],
  isFile: (path: string) => boolean,
): BuildMetadata {
  if (plans.length === 0) return metadata;
  const files = plans.flatMap(({ modules }) =>
    modules.flatMap(({ path, dependencies = [] }) => [
      ...(isFile(path) ? [fileOf(path)] : []),
      ...dependencies,
    ]),
  );
  return {
    ...metadata,
    standalone: record(plans.map(({ name, held }) => [name, held.map(toldPath)])),
    files: [...new Set([...metadata.files, ...files])].sort(),
  };
}
