/** A module → the same module without some of its references and exports, for demand.ts. */
import type { ImportEntry, ImportUse, LocalExport, Module, ModuleFacts, ModuleSyntax } from '../model';
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
  const requests: number[] = [];
  /** What number each request has now; -1 for those that are gone. */
  const numbers = syntax.requests.map((reference) =>
    kept.has(reference) ? requests.push(reference) - 1 : -1,
  );
  const isThere = ({ request }: { request: number }): boolean => numbers[request] !== -1;
  const move = <Entry extends { request: number }>(entry: Entry): Entry =>
    numbers[entry.request] === entry.request
      ? entry
      : { ...entry, request: numbers[entry.request] as number };
  const imported = new Map(syntax.imports.map(({ local }, index) => [local, index]));
  const exports = syntax.exports.filter((each) => (imported.has(each.local ?? '') ? isWanted(each) : code));
  const used = demand === 'all' ? [...syntax.imports.keys()] : usedImports(syntax, exports, imported, code);
  return {
    ...syntax,
    requests,
    exports,
    imports: used
      .map((entry) => syntax.imports[entry] as ImportEntry)
      .filter(isThere)
      .map(move),
    uses: used.length === syntax.imports.length ? syntax.uses : renumberUses(syntax.uses, used),
    indirectExports: syntax.indirectExports.filter((each) => isWanted(each) && isThere(each)).map(move),
    stars: syntax.stars.map((request) => numbers[request] as number).filter((request) => request !== -1),
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

/** @param entries what was the number of each entry that is there still */
function renumberUses(uses: readonly ImportUse[], entries: readonly number[]): ImportUse[] {
  const numbers = new Map(entries.map((entry, number) => [entry, number]));
  return uses.map((use) => ({ ...use, entry: numbers.get(use.entry) as number }));
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
