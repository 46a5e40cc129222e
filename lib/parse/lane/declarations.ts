/** The declarations at the top level: those that import and export, and the names of the others. */
import { readExportAll, readExportList, readImport } from './entries';
import { between, type Found, nothingFound } from './found';
import { endsOperand, isName, Kind } from './kinds';
import { expressionEnd, unitEnd } from './statements';
import type { Tokens } from './tokens';
import { giveUp, Uncertain } from './uncertain';

/** Reads all of them, in source order. Throws an `Uncertain`. */
export function readDeclarations(tokens: Tokens): Found {
  const found = nothingFound(tokens);
  for (let index = 1; index <= tokens.last; ) index = read(index, found);
  return found;
}

/** @returns the next token of the outermost level */
function read(index: number, found: Found): number {
  switch (found.tokens.kind(index)) {
    case Kind.Import:
      return readImport(index, found);
    case Kind.Export:
      return readExport(index, found);
    case Kind.Function:
    case Kind.Class:
      noteNamed(index, found);
      return unitEnd(found.tokens, index);
    case Kind.Declare:
      return skipVariables(index + 1, found);
    default:
      return unitEnd(found.tokens, index);
  }
}

/** The name of a function or class that is a declaration. */
function noteNamed(index: number, { tokens, declared }: Found): void {
  const before = tokens.kind(index - 1) === Kind.Async ? index - 2 : index - 1;
  if (!endsStatement(tokens.kind(before))) return;
  const name = tokens.kind(index + 1) === Kind.Star ? index + 2 : index + 1;
  if (isName(tokens.kind(name))) declared.add(tokens.text(name));
}

/** Whether a declaration may follow. An operand before it is the end of a line. */
const endsStatement = (kind: number): boolean =>
  kind === Kind.Edge ||
  kind === Kind.Semicolon ||
  kind === Kind.Export ||
  kind === Kind.Default ||
  endsOperand(kind);

/** The names of variables that are not exported here: what is uncertain about them may not matter. */
function skipVariables(index: number, { tokens, declared }: Found): number {
  try {
    return readVariables(index, tokens, true, (name) => declared.add(name));
  } catch (error) {
    if (error instanceof Uncertain) return index;
    throw error;
  }
}

/** @returns the token behind the declarators */
function readVariables(
  first: number,
  tokens: Tokens,
  allowsPatterns: boolean,
  note: (name: string) => void,
): number {
  for (let index = first; ; index++) {
    if (isName(tokens.kind(index))) note(tokens.text(index));
    else if (!allowsPatterns || !/^[{[]/.test(tokens.text(index))) giveUp('pattern is exported');
    index = declaratorEnd(unitEnd(tokens, index), tokens);
    if (tokens.kind(index) !== Kind.Comma) return index;
  }
}

/** @param index the token behind the name or pattern */
function declaratorEnd(index: number, tokens: Tokens): number {
  const kind = tokens.kind(index);
  if (kind === Kind.Assign) return expressionEnd(tokens, index + 1);
  const isEnd =
    kind === Kind.Comma || kind === Kind.Semicolon || kind === Kind.Edge || tokens.isOnNewLine(index);
  return isEnd ? index : giveUp('declarator');
}

function readExport(at: number, found: Found): number {
  const { tokens } = found;
  switch (tokens.kind(at + 1)) {
    case Kind.BraceOpen:
      return readExportList(at, found);
    case Kind.Star:
      return readExportAll(at, found);
    case Kind.Default:
      return readDefault(at, found);
    case Kind.Declare:
      noteExported(at, found);
      return readVariables(at + 2, tokens, false, (name) => addExport(name, at, found));
    default:
      return readExportedUnit(at, found);
  }
}

function addExport(name: string, at: number, { tokens, exports, declared }: Found): void {
  exports.push({ name, local: name, start: tokens.start(at) });
  declared.add(name);
}

function noteExported(at: number, { tokens, declarations }: Found, words = 1): void {
  declarations.push({ form: 'exported', start: tokens.start(at), end: tokens.start(at + words) });
}

/** `export function name`, `export async function name`, `export class name`. */
function readExportedUnit(at: number, found: Found): number {
  const { tokens } = found;
  const unit = tokens.kind(at + 1) === Kind.Async ? at + 2 : at + 1;
  const nameAt = nameIn(tokens, unit);
  if (nameAt === undefined) giveUp('export of something else');
  addExport(tokens.text(nameAt as number), at, found);
  noteExported(at, found);
  return unitEnd(tokens, unit);
}

/** The name of a function or class. */
function nameIn(tokens: Tokens, unit: number): number | undefined {
  const kind = tokens.kind(unit);
  if (kind !== Kind.Function && kind !== Kind.Class) return undefined;
  const at = tokens.kind(unit + 1) === Kind.Star ? unit + 2 : unit + 1;
  return isName(tokens.kind(at)) ? at : undefined;
}

function readDefault(at: number, found: Found): number {
  const { tokens } = found;
  const first = at + 2;
  const isAsync = tokens.kind(first) === Kind.Async && tokens.kind(first + 1) === Kind.Function;
  const unit = isAsync ? first + 1 : first;
  const kind = tokens.kind(unit);
  if (kind !== Kind.Function && kind !== Kind.Class) return readDefaultValue(at, found);
  const nameAt = nameIn(tokens, unit);
  const local = nameAt === undefined ? undefined : tokens.text(nameAt);
  found.exports.push({ name: 'default', local, start: tokens.start(at) });
  const end = unitEnd(tokens, unit);
  if (local !== undefined) {
    found.declared.add(local);
    noteExported(at, found, 2);
  } else if (kind === Kind.Function) noteDefaultFunction(at, unit, found);
  else noteDefaultValue(at, tokens.end(end - 1), true, found);
  return end;
}

function noteDefaultFunction(at: number, unit: number, { tokens, declarations }: Found): void {
  const next = unit + 1;
  const nameAt = tokens.kind(next) === Kind.Star ? tokens.end(next) : tokens.start(next);
  const end = tokens.start(at + 2);
  declarations.push({ form: 'default function', start: tokens.start(at), end, nameAt });
}

function noteDefaultValue(at: number, valueEnd: number, isAnonymous: boolean, found: Found): void {
  const { start } = between(found.tokens, at, at);
  const end = found.tokens.start(at + 2);
  found.declarations.push({ form: 'default value', start, end, valueEnd, isAnonymous });
}

function readDefaultValue(at: number, found: Found): number {
  const { tokens, exports } = found;
  const isAnonymous = isArrow(tokens, at + 2);
  const end = expressionEnd(tokens, at + 2);
  if (tokens.kind(end) === Kind.Comma) giveUp('comma in a default export');
  exports.push({ name: 'default', local: undefined, start: tokens.start(at) });
  const valueEnd = tokens.kind(end) === Kind.Semicolon ? tokens.start(end) : tokens.end(end - 1);
  noteDefaultValue(at, valueEnd, isAnonymous, found);
  return end;
}

/** Whether an arrow function begins here. What else has no name, and stands in parentheses, is left to others. */
function isArrow(tokens: Tokens, first: number): boolean {
  const kind = tokens.kind(first);
  if (kind === Kind.Async) giveUp('async by default');
  if (isName(kind)) return tokens.kind(first + 1) === Kind.Arrow;
  if (kind !== Kind.ParenOpen) return false;
  if (tokens.kind(tokens.match(first) + 1) === Kind.Arrow) return true;
  const inner = tokens.kind(first + 1);
  const mayBeFunction = inner === Kind.Function || inner === Kind.Class || inner === Kind.ParenOpen;
  if (mayBeFunction || inner === Kind.Async || tokens.kind(first + 2) === Kind.Arrow)
    giveUp('parenthesis by default');
  return false;
}
