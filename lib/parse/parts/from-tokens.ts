/** Declarations that may be left out, among tokens. What is not certainly without effects is no part. */
import type { ImportEntry, Part, Parts } from '../../facts';
import type { TokenRange } from '../dead-code/decisions-from-tokens';
import type { Reading, Unit } from '../declarations/entries-from-tokens';
import { hoistedNames } from '../declarations/variables-from-tokens';
import { bodyAround } from '../tokens/functions';
import { GivenUp, unlessGivenUp } from '../tokens/give-up';
import { isName, Kind } from '../tokens/kinds';
import { isClassKey, isObjectKey } from '../tokens/places';
import type { Tokens } from '../tokens/tokens';
import { hashOf } from '../tokens/words';
import { saysEffectless } from './language-from-tokens';
import { Globals, type Known, mayBeWritten, namespacesIn, sortedNames } from './names';
import { isPureUnit, type KnownTokens } from './purity-from-tokens';

/** A part, and the token behind it. */
interface Found {
  part: Part;
  first: number;
  end: number;
}

/**
 * The parts of a module whose declarations have been read, and which certainly has no `eval`.
 * @param dead ascending; what code is dead
 * @param values what has a value when the program is built
 * @param effectless imported functions whose calls have no effects
 */
export function partsOf(
  reading: Reading,
  dead: readonly TokenRange[],
  values: readonly TokenRange[],
  effectless: readonly string[] = [],
): Parts {
  const { tokens, units, imports } = reading;
  const own = units
    .filter(({ first }) => isFunction(first, tokens))
    .flatMap((unit) => effectlessIn(unit, tokens));
  const known = {
    ...knownNames(units, imports, tokens),
    effectless: new Set([...effectless, ...own]),
    values: new Map(values.map(({ first, last }) => [first, last])),
  };
  const found: Found[] = [];
  const rest: string[] = [];
  for (const unit of units) {
    if (isPart(unit, tokens, known)) found.push(toFound(unit, tokens));
    else rest.push(...unit.names);
    for (const name of unit.names) known.declared.add(name);
  }
  const isAll = isNothingElse(found, reading);
  const others = isAll ? [] : namesOfRest(rest, reading);
  const without = found.flatMap(({ part }) => part.names.filter((name) => known.effectless.has(name)));
  return {
    list: found.map(({ part }) => part),
    mentioned: noteUses(found, dead, tokens),
    dead: dead.map(({ first, last }) => ({ start: tokens.start(first), end: tokens.end(last) })),
    isAll,
    ...(others && { others }),
    ...(without.length > 0 && { effectless: without.sort() }),
  };
}

/**
 * What the rest declares, if that is certain.
 * @param units what its units do
 */
function namesOfRest(units: readonly string[], { tokens, nested, isUnsure }: Reading): string[] | undefined {
  const hoisted = isUnsure ? undefined : unlessGivenUp(() => hoistedNames(tokens));
  return hoisted && sortedNames([...units, ...nested, ...hoisted]);
}

/** Whether there are only parts, declarations without code, and directives. */
function isNothingElse(found: readonly Found[], { tokens, declarations }: Reading): boolean {
  const ends = new Map(found.map(({ first, end }) => [first, end]));
  const entries = new Map(
    declarations.filter(({ form }) => form === 'entries').map(({ start, end }) => [start, end]),
  );
  let index = 1;
  while (tokens.kind(index) === Kind.String) index++;
  while (index <= tokens.last) {
    const end = ends.get(index);
    const offset = end === undefined ? entries.get(tokens.start(index)) : undefined;
    if (end !== undefined) index = end;
    else if (offset !== undefined) while (index <= tokens.last && tokens.start(index) < offset) index++;
    else if (tokens.kind(index) === Kind.Semicolon) index++;
    else return false;
  }
  return true;
}

/** Names with a value before anything runs. */
function knownNames(
  units: readonly Unit[],
  imports: readonly ImportEntry[],
  tokens: Tokens,
): Omit<Known, 'effectless'> {
  const imported = new Set(imports.map(({ local }) => local));
  const namespaces = namespacesIn(imports);
  const hoisted = units.filter(({ first }) => isHoisted(first, tokens)).flatMap(({ names }) => names);
  const functions = new Set(
    units.filter(({ first }) => isPlainFunction(first, tokens)).flatMap(({ names }) => names),
  );
  return {
    imported,
    namespaces,
    functions,
    declared: new Set([...imported, ...hoisted]),
    classes: new Set(),
    globals: new Globals(tokens.source),
  };
}

/** The token that says what a unit is. */
function wordOf(first: number, tokens: Tokens): number {
  let at = first;
  while (
    tokens.kind(at) === Kind.Export ||
    tokens.kind(at) === Kind.Default ||
    tokens.kind(at) === Kind.Async
  )
    at++;
  return at;
}

const isFunction = (first: number, tokens: Tokens): boolean =>
  tokens.kind(wordOf(first, tokens)) === Kind.Function;

/** The names of a function of which a comment says that its calls have no effects. */
function effectlessIn({ first, names }: Unit, tokens: Tokens): string[] {
  let at = first;
  while (tokens.kind(at) === Kind.Export || tokens.kind(at) === Kind.Default) at++;
  if (!saysEffectless(first - 1, at, tokens)) return [];
  return names.filter((name) => !mayBeWritten(tokens.source, name));
}

/** Whether it is no generator, and not asynchronous: none of these is a constructor. */
function isPlainFunction(first: number, tokens: Tokens): boolean {
  const word = wordOf(first, tokens);
  return (
    tokens.kind(word) === Kind.Function &&
    tokens.kind(word - 1) !== Kind.Async &&
    tokens.kind(word + 1) !== Kind.Star
  );
}

const isHoisted = (first: number, tokens: Tokens): boolean =>
  isFunction(first, tokens) || tokens.is(wordOf(first, tokens), 'var');

function isPart(unit: Unit, tokens: Tokens, known: KnownTokens): boolean {
  try {
    return unit.names.length > 0 && isPureUnit(wordOf(unit.first, tokens), unit, tokens, known);
  } catch (error) {
    if (error instanceof GivenUp) return false;
    throw error;
  }
}

function toFound({ first, end, names }: Unit, tokens: Tokens): Found {
  const behind = tokens.kind(end) === Kind.Semicolon && !isUnit(first, tokens) ? end + 1 : end;
  const part: Part = {
    start: tokens.start(first),
    end: tokens.end(behind - 1),
    names,
    uses: [],
    isFunction: isFunction(first, tokens),
  };
  if (part.isFunction && hasThis(first, end, tokens)) part.hasThis = true;
  return { part, first, end: behind };
}

/** Whether some `this` is in no body of another function in it that has its own. */
function hasThis(first: number, end: number, tokens: Tokens): boolean {
  for (let index = first; index < end; index++) {
    if (tokens.kind(index) !== Kind.This || !tokens.is(index, 'this')) continue;
    const body = bodyAround(index, tokens, true);
    if (body === 0 || tokens.parent(body) === 0) return true;
  }
  return false;
}

/** Whether it ends with its brace: a semicolon behind it is a statement. */
const isUnit = (first: number, tokens: Tokens): boolean => {
  const kind = tokens.kind(wordOf(first, tokens));
  return kind === Kind.Function || kind === Kind.Class;
};

/** Whether a name is no key, nor the name of a function or class, which it may be further in. */
function isMention(index: number, tokens: Tokens): boolean {
  const before = tokens.kind(index - 1);
  if (before === Kind.Function || before === Kind.Class) return false;
  return !isObjectKey(tokens, index) && !isClassKey(tokens, index);
}

const SIZE = 4096;

/** Notes which parts mention names of others. @returns the names that are mentioned outside of them */
function noteUses(found: readonly Found[], dead: readonly TokenRange[], tokens: Tokens): string[] {
  const names = new Set(found.flatMap(({ part }) => part.names));
  const hashes = new Uint8Array(SIZE);
  for (const name of names) hashes[hashOf(name) & (SIZE - 1)] = 1;
  const outside = new Set<string>();
  const deadEnds = new Map(dead.map(({ first, last }) => [first, last]));
  let index = 1;
  const noteUpTo = (end: number, own: readonly string[], uses: Set<string>): void => {
    for (; index < end; index++) {
      const last = deadEnds.size === 0 ? undefined : deadEnds.get(index);
      if (last !== undefined) index = last;
      else if (isName(tokens.kind(index)) && hashes[tokens.hash(index) & (SIZE - 1)] === 1) {
        const name = tokens.text(index);
        if (names.has(name) && !own.includes(name) && isMention(index, tokens)) uses.add(name);
      }
    }
  };
  for (const { part, first, end } of found) {
    noteUpTo(first, [], outside);
    const uses = new Set<string>();
    noteUpTo(end, part.names, uses);
    part.uses = [...uses];
  }
  noteUpTo(tokens.last + 1, [], outside);
  return [...outside];
}
