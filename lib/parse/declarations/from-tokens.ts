/** The declarations at the top level: those that import and export, and the names of the others. */

import { endsHead } from '../tokens/brackets';
import { isBody } from '../tokens/functions';
import { GivenUp, giveUp } from '../tokens/give-up';
import { Context, endsOperand, expressionFollows, isName, Kind } from '../tokens/kinds';
import { arrowEnd, expressionEnd, isImportExpression, unitEnd } from '../tokens/statements';
import type { Tokens } from '../tokens/tokens';
import { addDeclared, addDefault, type Default } from './declarations';
import { beginReading, type Reading, readExportAll, readExportList, readImport } from './entries-from-tokens';
import { readVariables } from './variables-from-tokens';

/** Reads all of them, in source order. May give up. */
export function readDeclarations(tokens: Tokens): Reading {
  const found = beginReading(tokens);
  for (let index = 1; index <= tokens.last; ) index = read(index, found);
  return found;
}

/** @returns the next token of the outermost level */
function read(index: number, found: Reading): number {
  switch (found.tokens.kind(index)) {
    case Kind.Import:
      if (isImportExpression(found.tokens, index)) return index + 1;
      assertBegins(index, found);
      return readImport(index, found);
    case Kind.Export:
      assertBegins(index, found);
      return readExport(index, found);
    case Kind.Function:
    case Kind.Class:
      return readUnit(index, found);
    case Kind.Declare:
      return skipVariables(index, found);
    case Kind.Name:
      if (isUsing(index, found.tokens)) found.isUnsure = true;
      return index + 1;
    default:
      return unitEnd(found.tokens, index);
  }
}

/**
 * Gives up unless a statement of the outermost level certainly begins with the token, an `import` or `export`: what
 * takes its place may stand where it may not.
 */
function assertBegins(index: number, { tokens, ended }: Reading): void {
  const before = tokens.kind(index - 1);
  if (before === Kind.Edge || before === Kind.Semicolon || ended === index) return;
  const isOperand = endsOperand(before) && !endsHead(tokens, index - 1);
  const isBlock = before === Kind.BraceClose && holdsStatements(tokens.match(index - 1), tokens);
  if (!isBlock && !(isOperand && tokens.isOnNewLine(index))) giveUp('declaration behind something else');
}

const holdsStatements = (open: number, tokens: Tokens): boolean =>
  tokens.context(open) === Context.Code && !isBody(open, tokens);

/** `using name`. */
const isUsing = (index: number, tokens: Tokens): boolean =>
  tokens.is(index, 'using') && isName(tokens.kind(index + 1)) && !tokens.isOnNewLine(index + 1);

/** A function or class. Its name is declared, if it is a declaration. */
function readUnit(index: number, found: Reading): number {
  const { tokens, declared, units } = found;
  // Where a line ends behind it, `async` is a statement of its own.
  const isAsync = tokens.kind(index - 1) === Kind.Async && !tokens.isOnNewLine(index);
  const first = isAsync ? index - 1 : index;
  const before = tokens.kind(first - 1);
  const end = unitEnd(tokens, index);
  if (!endsStatement(before)) {
    found.isUnsure ||= !isWithinExpression(before);
    return end;
  }
  const name = tokens.kind(index + 1) === Kind.Star ? index + 2 : index + 1;
  if (isName(tokens.kind(name))) {
    declared.add(tokens.text(name));
    units.push({ first, end, names: [tokens.text(name)] });
  } else found.isUnsure = true;
  found.ended = end;
  return end;
}

/** Whether a declaration may follow. An operand before it is the end of a line. */
const endsStatement = (kind: number): boolean =>
  kind === Kind.Edge ||
  kind === Kind.Semicolon ||
  kind === Kind.Export ||
  kind === Kind.Default ||
  endsOperand(kind);

/** Whether a function or class behind it certainly is no declaration. */
const isWithinExpression = (kind: number): boolean =>
  expressionFollows(kind) || kind === Kind.Comma || kind === Kind.Colon;

/** The names of variables that are not exported here: what is uncertain about them may not matter. */
function skipVariables(first: number, found: Reading): number {
  const { tokens, declared, units, nested } = found;
  try {
    const names: string[] = [];
    const end = readVariables(first + 1, tokens, (name) => {
      declared.add(name);
      names.push(name);
    });
    if (isBranch(first, tokens)) nested.push(...names);
    else units.push({ first, end, names });
    return end;
  } catch (error) {
    if (!(error instanceof GivenUp)) throw error;
    found.isUnsure = true;
    return first + 1;
  }
}

/** Whether a statement that begins with the token may be what another one holds: that would hold the next one instead. */
function isBranch(first: number, tokens: Tokens): boolean {
  const before = tokens.kind(first - 1);
  return before === Kind.Block || before === Kind.Colon || endsHead(tokens, first - 1);
}

function readExport(at: number, found: Reading): number {
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
      return readExportedVariables(at, found);
    default:
      return readExportedUnit(at, found);
  }
}

function readExportedVariables(at: number, found: Reading): number {
  const names: string[] = [];
  const end = readVariables(at + 2, found.tokens, (name) => {
    addExport(name, at, found);
    names.push(name);
  });
  found.units.push({ first: at, end, names });
  return end;
}

function addExport(name: string, at: number, found: Reading): void {
  addDeclared(name, found.tokens.start(at), found);
  found.declared.add(name);
}

function noteExported(at: number, { tokens, declarations }: Reading): void {
  declarations.push({ form: 'exported', start: tokens.start(at), end: tokens.start(at + 1) });
}

/** `export function name`, `export async function name`, `export class name`. */
function readExportedUnit(at: number, found: Reading): number {
  const { tokens } = found;
  const unit = tokens.kind(at + 1) === Kind.Async ? at + 2 : at + 1;
  const nameAt = nameIn(tokens, unit);
  if (nameAt === undefined || (unit > at + 1 && tokens.isOnNewLine(unit))) giveUp('export of something else');
  const name = tokens.text(nameAt as number);
  addExport(name, at, found);
  noteExported(at, found);
  found.ended = unitEnd(tokens, unit);
  found.units.push({ first: at, end: found.ended, names: [name] });
  return found.ended;
}

/** The name of a function or class. */
function nameIn(tokens: Tokens, unit: number): number | undefined {
  const kind = tokens.kind(unit);
  if (kind !== Kind.Function && kind !== Kind.Class) return undefined;
  const at = tokens.kind(unit + 1) === Kind.Star ? unit + 2 : unit + 1;
  switch (tokens.kind(at)) {
    case Kind.ParenOpen:
    case Kind.BraceOpen:
    case Kind.Extends:
      return undefined;
    default:
      return isName(tokens.kind(at)) ? at : giveUp('name of interest');
  }
}

function readDefault(at: number, found: Reading): number {
  const { tokens } = found;
  const first = at + 2;
  const isAsync = tokens.kind(first) === Kind.Async && tokens.kind(first + 1) === Kind.Function;
  if (isAsync && tokens.isOnNewLine(first + 1)) giveUp('async by default');
  const unit = isAsync ? first + 1 : first;
  const kind = tokens.kind(unit);
  if (kind !== Kind.Function && kind !== Kind.Class) return readDefaultValue(at, found);
  const nameAt = nameIn(tokens, unit);
  const end = unitEnd(tokens, unit);
  found.ended = end;
  found.units.push({ first: at, end, names: [nameAt === undefined ? '' : tokens.text(nameAt)] });
  if (nameAt !== undefined) {
    const local = tokens.text(nameAt);
    found.declared.add(local);
    noteDefault({ local }, at, found);
  } else if (kind === Kind.Function) noteDefault({ nameAt: namePosition(unit, tokens) }, at, found);
  else noteDefault({ valueEnd: tokens.end(end - 1), isAnonymous: true }, at, found);
  return end;
}

function noteDefault(value: Default, at: number, found: Reading): void {
  const { tokens } = found;
  addDefault(value, { start: tokens.start(at), end: tokens.start(at + 2) }, found);
}

/** Where the name of a function without one would stand. */
const namePosition = (unit: number, tokens: Tokens): number =>
  tokens.kind(unit + 1) === Kind.Star ? tokens.end(unit + 1) : tokens.start(unit + 1);

function readDefaultValue(at: number, found: Reading): number {
  const { tokens } = found;
  const end = expressionEnd(tokens, at + 2);
  if (tokens.kind(end) === Kind.Comma) giveUp('comma in a default export');
  const valueEnd = tokens.kind(end) === Kind.Semicolon ? tokens.start(end) : tokens.end(end - 1);
  noteDefault({ valueEnd, isAnonymous: isAnonymous(tokens, at + 2, end) }, at, found);
  found.units.push({ first: at, end, names: [''] });
  return end;
}

/** Whether the tokens up to the end are a function or class without a name, perhaps in parentheses. */
function isAnonymous(tokens: Tokens, begin: number, behind: number): boolean {
  let [first, end] = [begin, behind];
  while (tokens.kind(first) === Kind.ParenOpen && tokens.match(first) === end - 1) {
    first++;
    end--;
  }
  const kind = tokens.kind(first);
  if (kind === Kind.Async) giveUp('async by default');
  if (kind === Kind.Function || kind === Kind.Class)
    return unitEnd(tokens, first) === end && nameIn(tokens, first) === undefined;
  const arrow = kind === Kind.ParenOpen ? tokens.match(first) + 1 : first + 1;
  if (tokens.kind(arrow) !== Kind.Arrow) return false;
  return arrowEnd(tokens, arrow) === end || giveUp('goes on behind an arrow function');
}
