/** The modules of a build, with what of each was kept, what was left out, and why. */
import type { Demand } from '../core/demand';
import { isEsModule } from '../core/es-module';
import { isPlainStyle, isStyle } from '../core/kinds';
import { partsIn } from '../core/parts';
import { originOf } from '../core/prune';
import { findStarts } from '../core/starts';
import type { Module } from '../model';
import { isContents, isJson } from '../module-path';
import type { Finished } from '../run';
import type { ReportModule } from './data';
import { edgesIn } from './edges';

function kindOf(module: Module): ReportModule['kind'] {
  if (isStyle(module)) return 'style';
  if (module.asset !== undefined) return 'asset';
  if (isJson(module.path)) return 'json';
  if (isContents(module.path) || module.dataUrl !== undefined) return 'text';
  return isEsModule(module) ? 'esm' : 'cjs';
}

/** Names that a module exports itself, or hands on by name. */
function exportsOf({ facts: { syntax } }: Module): Set<string> {
  return new Set([...(syntax?.exports ?? []), ...(syntax?.indirectExports ?? [])].map(({ name }) => name));
}

function keptAndDropped(module: Module): Pick<ReportModule, 'exports' | 'statements'> {
  const origin = originOf(module);
  if (!isEsModule(origin)) return {};
  const kept = exportsOf(module);
  const dropped = [...exportsOf(origin)].filter((name) => !kept.has(name));
  const all = partsIn(origin.facts.syntax).length;
  const left = module.isBridge ? all : (module.dropped?.length ?? 0);
  return {
    exports: { kept: [...kept].sort(), dropped: dropped.sort() },
    ...(origin.facts.syntax?.parts && { statements: { kept: all - left, dropped: left } }),
  };
}

/** What an ES module asks of those that it imports, by path. */
function namesAsked({ facts: { syntax }, targets }: Module): Map<string, Set<string>> {
  const asked = new Map<string, Set<string>>();
  const add = (request: number, name: string): void => {
    const path = targets[syntax?.requests[request] ?? -1];
    if (path !== undefined) asked.set(path, (asked.get(path) ?? new Set()).add(name));
  };
  for (const { request, name } of syntax?.imports ?? []) add(request, name ?? '*');
  for (const { request, imported } of syntax?.indirectExports ?? []) add(request, imported ?? '*');
  for (const request of syntax?.stars ?? []) add(request, '*');
  return asked;
}

/** Paths that some module requires, as CommonJS does, or cannot run without. */
function findRequired(modules: readonly Module[]): Set<string> {
  const required = new Set<string>();
  for (const { facts, targets, shims, runtime } of modules) {
    for (const helper of [...Object.values(shims), runtime ?? []].flat()) required.add(helper);
    facts.references.forEach(({ kind }, index) => {
      const target = targets[index];
      if (target !== undefined && (kind === 'require' || kind === 'declared')) required.add(target);
    });
  }
  return required;
}

type Edges = Finished['edges'][number];

/** What all modules are described from. */
interface Context {
  /** Path of each. */
  paths: readonly string[];
  /** Paths of what visits start with. */
  starts: ReadonlySet<string>;
  required: ReadonlySet<string>;
  /** Index in the report, by path. */
  indices: ReadonlyMap<string, number>;
  demandOf(path: string): Demand;
}

/** What styles show, and where files are, does not hang on names. */
function reasonOf(module: Module, { starts, required, demandOf }: Context): ReportModule['keptFor'] {
  const { path, asset } = module;
  if (starts.has(path)) return 'entry';
  if (isPlainStyle(module)) return 'effects';
  if (asset !== undefined) return undefined;
  const demand = demandOf(path);
  if (demand !== 'all') return demand.size > 0 ? undefined : 'effects';
  return required.has(path) ? 'require' : 'namespace';
}

const ascending = (numbers: Iterable<number>): number[] => [...new Set(numbers)].sort((a, b) => a - b);

/** What of its imports a module has been left without, or all of them where it is left out itself. */
function sourceImports(module: Module, { indices }: Context): number[] {
  const { facts, targets } = originOf(module);
  return targets.flatMap((target, index) => {
    const found = indices.get(target ?? '');
    const isStatic = !/^(?:declared|import\(\)|url\(\)|new Worker\(\))$/.test(
      facts.references[index]?.kind ?? '',
    );
    return found === undefined || !isStatic ? [] : [found];
  });
}

/** @param paths what the numbers of the edges stand for */
function describeKept(
  module: Module,
  name: string,
  edges: Edges,
  paths: readonly string[],
  context: Context,
): ReportModule {
  const { indices } = context;
  const [fixed, later, workers] = [edges.fixed, edges.later, edges.workers].map((numbers) =>
    ascending(numbers.map((number) => indices.get(paths[number] as string) as number)),
  ) as [number[], number[], number[]];
  const asked = isEsModule(module) ? namesAsked(module) : undefined;
  const namesOf = (target: number): string[] =>
    [...(asked?.get(context.paths[target] as string) ?? [])].sort();
  const unneeded = ascending(sourceImports(module, context)).filter((target) => !fixed.includes(target));
  const reason = reasonOf(module, context);
  return {
    ...emptyModule(module, name),
    imports: fixed,
    later,
    workers,
    ...(asked && { names: fixed.map(namesOf) }),
    ...(unneeded.length > 0 && { unneeded }),
    ...keptAndDropped(module),
    ...(reason && { keptFor: reason }),
  };
}

/** The edges of a module that only scripts have which stand alone: the shim of `Buffer` is there for it where one of them has both. */
function edgesOfLeft({ path, bufferIfThere = '' }: Module, edges: Edges, build: Finished): Edges {
  const buffer = build.left?.numbers.get(bufferIfThere);
  const isThere = build.alone.some(({ numbers }) => numbers.has(path) && numbers.has(bufferIfThere));
  return buffer === undefined || isThere
    ? edges
    : { ...edges, fixed: edges.fixed.filter((target) => target !== buffer) };
}

function emptyModule(module: Module, name: string): ReportModule {
  const { input, source, asset } = module;
  const bytes = asset === undefined ? Buffer.byteLength(input?.text ?? source) : asset.bytes.length;
  return {
    name,
    kind: kindOf(module),
    bundle: -1,
    size: 0,
    source: bytes,
    imports: [],
    later: [],
    workers: [],
  };
}

/**
 * All modules that were read: those of the bundles by their numbers, then by their names those that only scripts have that stand alone, and those of which nothing is
 * needed.
 */
export interface DescribedModules {
  modules: ReportModule[];
  /** Path of each. */
  paths: string[];
  indices: ReadonlyMap<string, number>;
}

/** @param nameLeft stable names of modules that are in no bundle */
export function describeModules(
  build: Finished,
  nameLeft: (paths: readonly string[]) => ReadonlyMap<string, string>,
): DescribedModules {
  const leftOut = build.sources.modules.filter(({ path }) => !build.numbers.has(path));
  const names = nameLeft(leftOut.map(({ path }) => path));
  const nameOf = ({ path }: Module): string => names.get(path) as string;
  const left = leftOut.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const paths = [...build.paths, ...left.map(({ path }) => path)];
  const indices = new Map(paths.map((path, index) => [path, index]));
  const { demands } = build.shaken?.sources ?? build.sources.asked;
  const alone = build.left ?? build;
  const context: Context = {
    paths,
    starts: new Set([
      ...findStarts(build.graph).map((number) => build.paths[number] as string),
      ...build.alone.map(({ path }) => path),
    ]),
    required: findRequired([...build.modules, ...alone.modules]),
    indices,
    demandOf: (path) => demands.of(path),
  };
  const edges = edgesIn(build);
  const modules = [
    ...build.modules.map((module, number) =>
      describeKept(module, build.names.name(module.path), edges[number] as Edges, build.paths, context),
    ),
    ...left.map((module) => {
      const number = alone.numbers.get(module.path);
      const kept = number === undefined ? undefined : alone.modules[number];
      if (kept)
        return describeKept(
          kept,
          nameOf(module),
          edgesOfLeft(kept, alone.edges[number as number] as Edges, build),
          alone.paths,
          context,
        );
      const unneeded = ascending(sourceImports(module, context));
      return { ...emptyModule(module, nameOf(module)), ...(unneeded.length > 0 && { unneeded }) };
    }),
  ];
  return { modules, paths, indices };
}
