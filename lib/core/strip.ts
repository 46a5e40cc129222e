/** A module → the same module without some of its references, exports and parts, for demand.ts. */
import type {
  ImportEntry,
  ImportUse,
  IndirectExport,
  ModuleFacts,
  ModuleSyntax,
  Part,
  Range,
} from '../facts';
import type { Module } from '../model';
import { rangeAt } from '../ranges';
import { asksFor, type Demand } from './demand';
import { isWithin, partsIn } from './parts';

/** What is left of a module. */
export interface Remains {
  /** The names that somebody asks for. */
  names: Demand;
  /** Whether its own code is needed. */
  code: boolean;
  /** Numbers of the parts that are needed, ascending; absent where all are. */
  parts?: readonly number[];
  /** Indices of the references that are needed, ascending. */
  kept: ReadonlySet<number>;
  /** What is asked of stars, where it is known: then it takes their place. */
  inherited?: readonly InheritedName[];
}

/** A name that a module has by `export *`. */
export interface InheritedName {
  request: number;
  name: string;
}

/** The module with nothing else. */
export function stripModule(module: Module, remains: Remains): Module {
  const { facts, targets } = module;
  if (facts.syntax === undefined) return module;
  const { code, kept } = remains;
  const dropped = droppedRanges(facts.syntax, remains);
  const dead = dropped === undefined ? [] : (facts.syntax.parts?.dead ?? []);
  const isUnused = (offset: number): boolean => rangeAt(dropped ?? [], offset) >= 0 || isWithin(dead, offset);
  const syntax = pruneSyntax(facts.syntax, remains, isUnused);
  if (code) {
    return {
      ...module,
      facts: { ...facts, syntax },
      targets: targets.map((each, index) => (kept.has(index) ? each : undefined)),
      ...(dropped && { dropped }),
    };
  }
  const order = [...kept];
  const { bufferIfThere: _, ...rest } = module;
  return {
    ...rest,
    isBridge: true,
    facts: bridgeFacts(facts, syntax, order),
    targets: order.map((index) => targets[index]),
    shims: {},
  };
}

function droppedRanges(syntax: ModuleSyntax, { parts, code }: Remains): Range[] | undefined {
  if (parts === undefined || !code) return undefined;
  const isKept = new Set(parts);
  return partsIn(syntax)
    .filter((_, number) => !isKept.has(number))
    .map(({ start, end }: Part) => ({ start, end }));
}

function pruneSyntax(
  syntax: ModuleSyntax,
  { names, code, kept, inherited }: Remains,
  isUnused: (offset: number) => boolean,
): ModuleSyntax {
  const isWanted = ({ name }: { name: string }): boolean => asksFor(names, name);
  const isLeft = ({ start }: Range): boolean => !isUnused(start);
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
  const uses = code ? syntax.uses.filter(isLeft) : [];
  const entries = usedImports(uses).filter((entry) => isThere(importAt(syntax, entry)));
  return {
    ...syntax,
    requests,
    exports: code ? syntax.exports.filter(isWanted) : [],
    imports: entries.map((entry) => move(importAt(syntax, entry))),
    uses: renumberUses(uses, syntax, entries),
    indirectExports: syntax.indirectExports
      .filter((each) => isWanted(each) && isThere(each))
      .concat((inherited ?? []).filter(isThere).map(asIndirect))
      .map(move),
    stars: inherited
      ? []
      : syntax.stars.map((request) => numbers[request] as number).filter((request) => request !== -1),
  };
}

const asIndirect = ({ request, name }: InheritedName): IndirectExport => ({
  request,
  name,
  imported: name,
  start: 0,
});

const importAt = ({ imports }: ModuleSyntax, entry: number): ImportEntry => imports[entry] as ImportEntry;

/** Indices of the imports that are used, ascending. */
const usedImports = (uses: readonly ImportUse[]): number[] =>
  [...new Set(uses.map(({ entry }) => entry))].sort((a, b) => a - b);

/** @param entries what was the number of each entry that is there still */
function renumberUses(
  uses: readonly ImportUse[],
  { imports }: ModuleSyntax,
  entries: readonly number[],
): ImportUse[] {
  if (entries.length === imports.length) return [...uses];
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
      ...withoutParts(syntax),
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

function withoutParts({ parts: _, ...rest }: ModuleSyntax): ModuleSyntax {
  return rest;
}
