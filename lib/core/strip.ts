/** A module → the same module without some of its references and exports, for demand.ts. */
import type { ImportEntry, ImportUse, ModuleFacts, ModuleSyntax } from '../facts';
import type { Module } from '../model';
import type { Demand } from './demand';

/**
 * @param demand what is needed of its exports
 * @param code whether its own code is needed
 * @param kept indices of the references that are needed, ascending
 */
export function stripModule(
  module: Module,
  demand: Demand,
  code: boolean,
  kept: ReadonlySet<number>,
): Module {
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
  const entries = keptImports(syntax, demand, code).filter((entry) => isThere(importAt(syntax, entry)));
  return {
    ...syntax,
    requests,
    exports: code ? syntax.exports.filter(isWanted) : [],
    imports: entries.map((entry) => move(importAt(syntax, entry))),
    uses: code ? renumberUses(syntax, entries) : [],
    indirectExports: syntax.indirectExports.filter((each) => isWanted(each) && isThere(each)).map(move),
    stars: syntax.stars.map((request) => numbers[request] as number).filter((request) => request !== -1),
  };
}

const importAt = ({ imports }: ModuleSyntax, entry: number): ImportEntry => imports[entry] as ImportEntry;

/** Indices of the imports that may be needed, ascending: of a module that is needed in part those that its code uses. */
function keptImports({ imports, uses }: ModuleSyntax, demand: Demand, code: boolean): number[] {
  if (demand === 'all') return [...imports.keys()];
  const used = new Set(code ? uses.map(({ entry }) => entry) : []);
  return [...imports.keys()].filter((entry) => used.has(entry));
}

/** @param entries what was the number of each entry that is there still */
function renumberUses({ uses, imports }: ModuleSyntax, entries: readonly number[]): ImportUse[] {
  if (entries.length === imports.length) return uses;
  const numbers = new Map(entries.map((entry, number) => [entry, number]));
  return uses.map((use) => {
    const entry = numbers.get(use.entry);
    if (entry === undefined)
      throw new Error(`'${imports[use.entry]?.local}' is used, but its import is gone.`);
    return { ...use, entry };
  });
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
      declarations: [],
      metas: [],
      awaits: [],
      unbound: [],
      commonNames: [],
      comments: [],
    },
  };
}
