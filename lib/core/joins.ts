/**
 * Runs of modules → functions that hold several.
 *
 *     // items.js                          // menu.js
 *     export const items = ['a', 'b'];     import { items } from './items.js';
 *                                          export const show = () => items.join();
 *
 * A module alone costs its id, its requests, its exports and a function. In one function with others, what it declares goes by its own name
 * there, and what nobody else imports has no other.
 *
 * Names have to mean what they did: what one of them declares at its top level is called otherwise where another one declares the same, at its
 * top level or elsewhere, or reads it without declaring it. Functions and classes are called after what declares them (ECMA-262,
 * SetFunctionName()), and keep their names: where two have the same, these modules do not share a function.
 *
 * Functions end at such modules, and besides at every sixteenth, by a hash of its name; as content-defined chunks do (Muthitacharoen, Chen and
 * Mazières, "A Low-bandwidth Network File System", 2001). So a release that has one module more makes new ones of few others.
 */
import type { ImportEntry, ModuleSyntax } from '../facts';
import type { Module } from '../model';
import { fnv1a } from './fnv';
import { doClash, type ModuleWords, type NameMeaning, namesMet } from './name-clashes';
import type { Runs } from './runs';

/**
 * How many names the top level of a function declares at most: as many as have one letter after minification, so that an edit moves the names
 * of few others.
 */
const MOST_NAMES = 50;

/** Of so many modules, one begins a function wherever it stands. */
const CHUNK = 16;

/** Of larger sources (UTF-16 code units), the format is a small part: they have their names to themselves, so that fewer change in a release. */
const LARGE = 6_000;

/** What the cutting of runs has to know. */
export interface Cutting {
  modules: readonly Module[];
  numbers: ReadonlyMap<string, number>;
  /** Stable name by path. */
  nameOf(path: string): string;
  wordsOf(module: Module): ModuleWords | undefined;
  /** What some names are in a module; `undefined` where that cannot be told. */
  meaningsOf(module: Module, names: readonly string[]): ReadonlyMap<string, NameMeaning> | undefined;
  runs: Pick<Runs, 'isWhole' | 'askers'>;
}

/** Whether a module needs nothing but what a function gives all its members. */
function fitsIn({ facts, isBridge, standIns }: Module): boolean {
  const { syntax, references, nodeGlobals, moduleMembers } = facts;
  if (syntax === undefined || isBridge) return false;
  const { metas, unbound, commonNames, uses } = syntax;
  return (
    metas.length + unbound.length + commonNames.length + nodeGlobals.length === 0 &&
    moduleMembers === undefined &&
    standIns === undefined &&
    uses.every(({ isAssigned, form }) => !isAssigned && form !== 'made') &&
    references.every(
      ({ kind, provides, pattern }) =>
        (kind === 'import' || kind === 'import()') && provides === undefined && pattern === undefined,
    )
  );
}

/** A function while modules come to it. */
class Joining {
  readonly members: number[] = [];
  private readonly words = new Map<number, ModuleWords>();
  private count = 0;

  constructor(private readonly cutting: Cutting) {}

  /** Takes a module, unless a name would mean something else. */
  take(number: number): boolean {
    const module = this.moduleAt(number);
    const words = fitsIn(module) ? this.cutting.wordsOf(module) : undefined;
    if (words === undefined || (this.count > 0 && this.count + words.top.size > MOST_NAMES)) return false;
    if (this.cutting.runs.isWhole[number] === 1 && !this.areOnlyFor(number)) return false;
    for (const [member, each] of this.words)
      if (!this.canStandBeside(member, number, namesMet(each, words))) return false;
    this.words.set(number, words);
    if (![...this.words.keys()].every((member) => this.canNameImports(member))) {
      this.words.delete(number);
      return false;
    }
    this.members.push(number);
    this.count += words.top.size;
    return true;
  }

  /** Whether the others are there for one module alone: they hand out nothing, and none of them has its namespace. */
  private areOnlyFor(number: number): boolean {
    const { askers } = this.cutting.runs;
    const isOne = (asker: number): boolean => asker === number || this.words.has(asker);
    return (
      !askers[number]?.some(isOne) &&
      this.members.every((member) => askers[member]?.every(isOne) && !declaresNameless(this.moduleAt(member)))
    );
  }

  private canStandBeside(member: number, number: number, met: readonly string[]): boolean {
    if (met.length === 0) return true;
    if ([member, number].some((each) => this.moduleAt(each).source.length > LARGE)) return false;
    const [one, other] = [this.meaningsAt(member, met), this.meaningsAt(number, met)];
    if (one === undefined || other === undefined) return false;
    return !met.some((name) => doClash(one.get(name) as NameMeaning, other.get(name) as NameMeaning));
  }

  private moduleAt = (number: number): Module => this.cutting.modules[number] as Module;

  private meaningsAt = (number: number, names: readonly string[]) =>
    this.cutting.meaningsOf(this.moduleAt(number), names);

  private meaningAt = (number: number, name: string): NameMeaning | undefined =>
    this.meaningsAt(number, [name])?.get(name);

  /** Whether a module can call by their names all that it imports of others. */
  private canNameImports(number: number): boolean {
    const module = this.moduleAt(number);
    const words = this.words.get(number) as ModuleWords;
    const { imports } = module.facts.syntax as ModuleSyntax;
    return imports.every((entry) => {
      const own = this.ownName(module, entry);
      if (own === undefined || own.name === entry.local || !words.words.has(own.name)) return true;
      // A module is called otherwise for the sake of others, not for its own.
      const isRenamed =
        own.member !== number &&
        !words.imports.has(own.name) &&
        this.meaningAt(own.member, own.name)?.isFixed === false;
      return isRenamed || this.meaningAt(number, own.name)?.isInner === false;
    });
  }

  /** What the module that an import is of calls it; `undefined` where that is no member, or has a name for it that nothing else can have. */
  private ownName(
    { facts, targets }: Module,
    { request, name }: Pick<ImportEntry, 'request' | 'name'>,
  ): { member: number; name: string } | undefined {
    const member = this.cutting.numbers.get(targets[facts.syntax?.requests[request] as number] ?? '') ?? -1;
    if (!this.words.has(member)) return undefined;
    const exporter = this.moduleAt(member);
    const { exports, indirectExports } = exporter.facts.syntax as ModuleSyntax;
    const own = exports.find((each) => each.name === name);
    if (own) return own.local === undefined ? undefined : { member, name: own.local };
    const indirect = indirectExports.find((each) => each.name === name);
    if (indirect === undefined) return undefined;
    return this.ownName(exporter, { request: indirect.request, name: indirect.imported });
  }
}

/** Whether a module's default export is a function without a name: what it is called, the runtime finds out by its export. */
export const declaresNameless = ({ facts: { syntax } }: Module): boolean =>
  syntax?.declarations.some(({ form }) => form === 'default function') === true;

/** A run in pieces, each of which is cut by itself. */
export function chunksOf(run: readonly number[], { modules, nameOf }: Cutting): number[][] {
  const chunks: number[][] = [];
  for (const number of run) {
    const begins = fnv1a(nameOf((modules[number] as Module).path)) % CHUNK === 0;
    if (begins || chunks.length === 0) chunks.push([]);
    chunks.at(-1)?.push(number);
  }
  return chunks;
}

/** All modules that the cutting of a chunk depends on, those in it first. */
export function numbersOf(chunk: readonly number[], { runs }: Cutting): readonly number[] {
  if (runs.isWhole[chunk.at(-1) as number] === 0) return chunk;
  return chunk.concat(chunk.flatMap((number) => runs.askers[number] ?? []));
}

/** The functions that a chunk becomes: of those with several modules, the places in it, in the order in which they run. */
export function cutChunk(chunk: readonly number[], cutting: Cutting): number[][] {
  const functions: number[][] = [];
  let joining = new Joining(cutting);
  let first = 0;
  const end = (place: number): void => {
    const { length } = joining.members;
    if (length > 1) functions.push(Array.from({ length }, (_, index) => first + index));
    joining = new Joining(cutting);
    first = place;
  };
  chunk.forEach((number, place) => {
    if (joining.take(number)) return;
    end(place);
    // One that cannot be with others has no names that are known.
    if (!joining.take(number)) first = place + 1;
  });
  end(chunk.length);
  return functions;
}
