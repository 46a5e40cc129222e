/** A module → the same module without some of its references and exports, for demand.ts. */
import type { ImportEntry, LocalExport, Module, ModuleFacts, ModuleSyntax } from '../model';
import type { Demand } from './demand';

/**
 * @param demand what is needed of its exports
 * @param code whether its own code is needed
 * @param kept indices of the references that are needed, ascending
 */
export function without(module: Module, demand: Demand, code: boolean, kept: ReadonlySet<number>): Module {
  const { facts, targets } = module;
  if (facts.syntax === undefined) return module;
  const syntax = pruneSyntax(facts.syntax, demand, code, kept);
  if (code) {
    return {
      ...module,
      facts: { ...facts, syntax },
      targets: targets.map((each, index) => (kept.has(index) ? each : undefined)),
    };
  }
  const order = [...kept];
  return {
    ...module,
    isBridge: true,
    facts: bridgeFacts(facts, syntax, order),
    targets: order.map((index) => targets[index]),
    shims: {},
  };
}

function pruneSyntax(
  syntax: ModuleSyntax,
  demand: Demand,
  code: boolean,
  kept: ReadonlySet<number>,
): ModuleSyntax {
  const isWanted = ({ name }: { name: string }): boolean => demand === 'all' || demand.has(name);
  const requests = syntax.requests.filter((reference) => kept.has(reference));
  const numbers = new Map(requests.map((reference, index) => [reference, index]));
  const renumber = (request: number): number[] => {
    const number = numbers.get(syntax.requests[request] as number);
    return number === undefined ? [] : [number];
  };
  const move = <Entry extends { request: number }>(entry: Entry): Entry[] =>
    renumber(entry.request).map((request) => ({ ...entry, request }));
  const imported = new Map(syntax.imports.map(({ local }, index) => [local, index]));
  const exports = syntax.exports.filter((each) => (imported.has(each.local ?? '') ? isWanted(each) : code));
  const used = demand === 'all' ? [...syntax.imports.keys()] : usedImports(syntax, exports, imported, code);
  const entries = new Map(used.map((entry, index) => [entry, index]));
  return {
    ...syntax,
    requests,
    exports,
    imports: used.flatMap((entry) => move(syntax.imports[entry] as ImportEntry)),
    uses: syntax.uses.map((use) => ({ ...use, entry: entries.get(use.entry) as number })),
    indirectExports: syntax.indirectExports.filter(isWanted).flatMap(move),
    stars: syntax.stars.flatMap(renumber),
  };
}

/** Indices of the imports that the code uses or the exports hand on, ascending. */
function usedImports(
  { imports, uses }: ModuleSyntax,
  exports: readonly LocalExport[],
  imported: ReadonlyMap<string, number>,
  code: boolean,
): number[] {
  const used = new Set(exports.map(({ local }) => imported.get(local ?? '')));
  if (code) for (const { entry } of uses) used.add(entry);
  return [...imports.keys()].filter((entry) => used.has(entry));
}

/** What is left of a module without its code. */
function bridgeFacts(facts: ModuleFacts, syntax: ModuleSyntax, order: readonly number[]): ModuleFacts {
  return {
    references: order.map((index) => facts.references[index] as ModuleFacts['references'][number]),
    replacements: [],
    nodeGlobals: [],
    concerns: [],
    syntax: {
      ...syntax,
      requests: syntax.requests.map((reference) => order.indexOf(reference)),
      uses: [],
      declarations: [],
      metas: [],
      awaits: [],
      unbound: [],
      commonNames: [],
      comments: [],
    },
  };
}
