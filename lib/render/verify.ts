/**
 * Reads in the text of a rendered ES module what its imports and exports mean, and holds that against the source as it was written. The
 * text was made by numbers of imports and requests, which change where something is left out; here nothing is known but names, and
 * places in the source.
 */
import { isWithin } from '../core/parts';
import type { ImportEntry, ModuleSyntax, Range } from '../facts';
import type { Module } from '../model';
import { exportedName, type ModuleNames, unusedIdentifier } from './references';

/** What is asked of a module: its id, and of CommonJS the names that are wanted; or the namespace of an earlier request. */
type Request = string | [id: string, interop: number, ...names: string[]] | number;

/**
 * Fails when the text reads another name than the source, or exports what is not there: that would be an error of dynapack, and must
 * not pass unnoticed.
 * @param origin the module as it was before anything was left out
 * @param module the module that the text was made of
 */
export function verifyText(origin: Module, module: Module, text: string, names: ModuleNames): void {
  const { syntax } = origin.facts;
  if (syntax === undefined) return;
  const prefix = unusedIdentifier(origin.source);
  const lineEnd = text.indexOf('\n');
  const head = lineEnd < 0 ? text : text.slice(0, lineEnd);
  const body = lineEnd < 0 ? '' : text.slice(lineEnd);
  const written = module.isBridge ? [] : meaningsInSource(origin, unusedIn(module, syntax), syntax, names);
  const read = meaningsInText(body, prefix, requestsIn(head, prefix));
  // What a `for await` loops over stands before its variable.
  if (syntax.awaits.some(({ form }) => form === 'for')) for (const list of [written, read]) list.sort();
  const wrong = Array.from({ length: Math.max(written.length, read.length) }).findIndex(
    (_, index) => written[index] !== read[index],
  );
  if (wrong >= 0) fail(origin, `reads ${read[wrong]} in place of ${written[wrong]}`);
  const strange = strangeGetter(head, body, prefix, syntax, (n) => exportedName(names, origin.path, n));
  if (strange !== undefined) fail(origin, `has no '${strange}' to export`);
  const gone = nameThatIsGone(origin, module);
  if (gone !== undefined) fail(origin, `mentions '${gone}', which was left out`);
}

function fail({ path }: Module, what: string): never {
  throw new Error(`What was made of ${path} ${what}. This is an error of dynapack.`);
}

const ESCAPE = /\\u(?:\{([\da-f]+)\}|([\da-f]{4}))/gi;

/** Source without escapes of its identifiers. */
const decode = (text: string): string =>
  text.replace(ESCAPE, (_, long, short) => String.fromCodePoint(Number.parseInt(long ?? short, 16)));

/** What is left out, and what is dead. */
const unusedIn = ({ dropped }: Module, { parts }: ModuleSyntax): readonly Range[] =>
  dropped === undefined ? [] : [...dropped, ...(parts?.dead ?? [])];

/** For each use of an import, in the order of the source, the id of the module that it is from, and its name there. */
function meaningsInSource(
  origin: Module,
  unused: readonly Range[],
  syntax: ModuleSyntax,
  names: ModuleNames,
): string[] {
  const imports = new Map<string, ImportEntry>(syntax.imports.map((entry) => [entry.local, entry]));
  return syntax.uses
    .filter(({ start }) => !isWithin(unused, start))
    .toSorted((a, b) => a.start - b.start)
    .map(({ start, end }) => {
      const local = origin.source.slice(start, end);
      const { request, name } = (imports.get(local) ?? imports.get(decode(local))) as ImportEntry;
      const path = origin.targets[syntax.requests[request] as number] as string;
      return `'${name === undefined ? '*' : exportedName(names, path, name)}' of ${names.id(path)}`;
    });
}

const pattern = (text: string): string => text.replaceAll('$', '\\$');

/** What a module with imports in use requests, as its head says. */
function requestsIn(head: string, prefix: string): Request[] {
  const taken = new RegExp(`[[,]${pattern(prefix)}\\d+\\]=(?:yield\\[|[^"]+\\("\\*"\\)\\.get\\()`).exec(head);
  if (taken === null) return [];
  const start = taken.index + taken[0].length;
  return JSON.parse(head.slice(start, endOfList(head, start))) as Request[];
}

/** Where a list of JSON ends. */
function endOfList(text: string, start: number): number {
  let depth = 0;
  for (const { 0: token, index } of text.slice(start).matchAll(/"(?:[^"\\]|\\.)*"|[[\]]/g)) {
    if (token === '[') depth++;
    if (token === ']') depth--;
    if (depth === 0) return start + index + 1;
  }
  return text.length;
}

/** The same as the text has it. */
function meaningsInText(body: string, prefix: string, requests: readonly Request[]): string[] {
  if (!body.includes(prefix)) return [];
  const use = new RegExp(
    `${pattern(prefix)}(\\d+)(?:\\.([\\p{ID_Start}$_][\\p{ID_Continue}$\u200c\u200d]*)|\\[("(?:[^"\\\\]|\\\\.)*")\\])?`,
    'gu',
  );
  return [...body.matchAll(use)].map(([, number, identifier, text]) => {
    const request = requests[Number(number)];
    if (typeof request === 'number') return `'*' of ${idOf(requests[request])}`;
    const name = identifier ?? (text === undefined ? undefined : JSON.parse(text));
    const isThere = typeof request !== 'object' || request.indexOf(name, 2) > 0;
    return `${isThere ? `'${name}'` : 'nothing'} of ${idOf(request)}`;
  });
}

const idOf = (request: Request | undefined): string =>
  typeof request === 'object' ? request[0] : String(request);

const GETTER = /"((?:[^"\\]|\\.)*)",\(\)=>([^,\]]+)/g;

/** The first name that is exported though the source does not export it, or has lost what it stands for. */
function strangeGetter(
  head: string,
  body: string,
  prefix: string,
  { exports }: ModuleSyntax,
  exported: (name: string) => string,
): string | undefined {
  if (!head.includes(',()=>')) return undefined;
  const known = new Set(exports.map(({ name, local }) => `${local ?? `${prefix}default`} ${exported(name)}`));
  for (const [, text, local = ''] of head.matchAll(GETTER)) {
    const name = JSON.parse(`"${text}"`) as string;
    const isThere = body.includes(local) || decode(body).includes(local);
    if (!known.has(`${local} ${name}`) || !isThere) return name;
  }
  return undefined;
}

/** The first name that the code of a module mentions though what declares it was left out. */
function nameThatIsGone({ facts }: Module, { dropped }: Module): string | undefined {
  const { parts } = facts.syntax ?? {};
  if (dropped === undefined || parts === undefined) return undefined;
  const starts = new Set(dropped.map(({ start }) => start));
  const left = parts.list.filter(({ start }) => !starts.has(start));
  const names = new Set(left.flatMap((part) => part.names));
  const mentioned = [...parts.mentioned, ...left.flatMap(({ uses }) => uses)];
  return mentioned.find((name) => !names.has(name));
}
