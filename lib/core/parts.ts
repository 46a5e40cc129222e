/** Which of its parts a module needs: those with the names that are asked for, all that the rest of its code mentions, and so on. */
import type { ImportEntry, ModuleFacts, ModuleSyntax, Part, Range } from '../facts';
import type { Module } from '../model';
import { rangeAt } from '../ranges';

/** What code asks of others. */
export interface Asks {
  /** Request, name (`undefined` is the namespace), and the one property that is asked for. */
  imports: [request: number, name: string | undefined, member: string | undefined][];
  /** Indices of references that are no declarations. */
  references: number[];
}

/** A part, or what no part holds. */
interface Piece extends Asks {
  /** Numbers of the parts that it mentions. */
  uses: readonly number[];
}

interface Pieces {
  parts: Piece[];
  rest: Piece;
  byName: ReadonlyMap<string, readonly number[]>;
}

const NONE: readonly Part[] = [];

/** The parts of a module, in source order. */
export const partsIn = (syntax: ModuleSyntax | undefined): readonly Part[] => syntax?.parts?.list ?? NONE;

/** Asked for again and again. */
const known = new WeakMap<ModuleFacts, Pieces>();

function piecesOf(facts: ModuleFacts): Pieces {
  const found = known.get(facts);
  if (found) return found;
  const made = cut(facts);
  known.set(facts, made);
  return made;
}

function cut({ references, syntax }: ModuleFacts): Pieces {
  const list = partsIn(syntax);
  const byName = new Map<string, number[]>();
  list.forEach(({ names }, number) => {
    for (const name of names) byName.set(name, [...(byName.get(name) ?? []), number]);
  });
  const numbersOf = (names: readonly string[]): number[] => names.flatMap((name) => byName.get(name) ?? []);
  const parts = list.map(({ uses }): Piece => ({ uses: numbersOf(uses), imports: [], references: [] }));
  const rest: Piece = { uses: numbersOf(syntax?.parts?.mentioned ?? []), imports: [], references: [] };
  const pieceAt = finder(list, parts, rest);
  const requests = new Set(syntax?.requests);
  references.forEach(({ start }, index) => {
    if (!requests.has(index)) pieceAt(start).references.push(index);
  });
  const dead = syntax?.parts?.dead ?? [];
  for (const { start, entry, member } of syntax?.uses ?? []) {
    if (isWithin(dead, start)) continue;
    const { request, name } = (syntax as ModuleSyntax).imports[entry] as ImportEntry;
    pieceAt(start).imports.push([request, name, member]);
  }
  return { parts, rest, byName };
}

/** Finds the piece that an offset is in. */
function finder(list: readonly Part[], parts: readonly Piece[], rest: Piece): (offset: number) => Piece {
  return (offset) => parts[rangeAt(list, offset)] ?? rest;
}

/** Whether some range holds the offset, of which some may hold others. */
export const isWithin = (ranges: readonly Range[], offset: number): boolean =>
  ranges.some(({ start, end }) => start <= offset && offset < end);

/** The numbers of the parts that are needed, and what they and the rest ask of others. */
export interface NeededParts {
  /** Ascending. */
  kept: readonly number[];
  /** Of the rest first. */
  asks: readonly Asks[];
}

/** @param locals names that somebody asks for; `''` is the default export without one */
export function neededParts(facts: ModuleFacts, locals: readonly string[]): NeededParts {
  const { parts, rest, byName } = piecesOf(facts);
  const isKept = new Uint8Array(parts.length);
  const line: number[] = [];
  const need = (number: number): void => {
    if (isKept[number] === 1) return;
    isKept[number] = 1;
    line.push(number);
  };
  rest.uses.forEach(need);
  for (const local of locals) byName.get(local)?.forEach(need);
  for (const number of line) (parts[number] as Piece).uses.forEach(need);
  return { kept: line.sort((a, b) => a - b), asks: [rest, ...line.map((number) => parts[number] as Piece)] };
}

/** Everything that a module's code asks for, whatever of it is needed, and dead or not. */
export function allAsks({ references, syntax }: ModuleFacts): readonly Asks[] {
  const requests = new Set(syntax?.requests);
  const imports = syntax?.uses.map(({ entry, member }): Asks['imports'][number] => {
    const { request, name } = syntax.imports[entry] as ImportEntry;
    return [request, name, member];
  });
  return [
    { imports: imports ?? [], references: [...references.keys()].filter((index) => !requests.has(index)) },
  ];
}

/** What each part is, by what it asks for: that says nothing of the rest of the code. */
export function describeParts({ facts, targets }: Module): unknown {
  const { parts } = piecesOf(facts);
  const requests = facts.syntax?.requests ?? [];
  return partsIn(facts.syntax).map(({ names, uses }, number) => {
    const { imports, references } = parts[number] as Piece;
    const asked = imports.map(([request, ...name]) => [targets[requests[request] as number], ...name]);
    return [names, uses, asked, references.map((reference) => targets[reference])];
  });
}
