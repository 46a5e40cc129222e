/** A module → the same module without some of its references and exports, for demand.ts. */
import type { Module, ModuleFacts, ModuleSyntax } from '../model';
import type { Demand } from './demand';

/**
 * @param demand what is needed of its exports
 * @param code whether its own code is needed
 * @param kept indices of the references that are needed, ascending
 */
export function without(module: Module, demand: Demand, code: boolean, kept: ReadonlySet<number>): Module {
  const { facts, targets } = module;
  if (facts.syntax === undefined) return module;
  const isWanted = (name: string): boolean => demand === 'all' || demand.has(name);
  const syntax = pruneSyntax(facts.syntax, isWanted, code, kept);
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
  isWanted: (name: string) => boolean,
  code: boolean,
  kept: ReadonlySet<number>,
): ModuleSyntax {
  const requests = syntax.requests.filter((reference) => kept.has(reference));
  const numbers = new Map(requests.map((reference, index) => [reference, index]));
  const renumber = (request: number): number | undefined => numbers.get(syntax.requests[request] as number);
  const move = <Entry extends { request: number }>(entry: Entry): Entry[] => {
    const request = renumber(entry.request);
    return request === undefined ? [] : [{ ...entry, request }];
  };
  const imported = new Map(syntax.imports.map(({ local }, index) => [local, index]));
  const isOwn = ({ local }: { local: string | undefined }): boolean => !imported.has(local ?? '');
  const exports = syntax.exports.filter((each) => (isOwn(each) ? code : isWanted(each.name)));
  const used = new Set([
    ...(code ? syntax.uses.map(({ entry }) => entry) : []),
    ...exports.map(({ local }) => imported.get(local ?? '')),
  ]);
  const order = [...syntax.imports.keys()].filter((entry) => used.has(entry));
  const entries = new Map(order.map((entry, index) => [entry, index]));
  return {
    ...syntax,
    requests,
    exports,
    imports: syntax.imports.filter((_, entry) => used.has(entry)).flatMap(move),
    uses: syntax.uses.map((use) => ({ ...use, entry: entries.get(use.entry) as number })),
    indirectExports: syntax.indirectExports.filter(({ name }) => isWanted(name)).flatMap(move),
    stars: syntax.stars.flatMap((request) => renumber(request) ?? []),
  };
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
