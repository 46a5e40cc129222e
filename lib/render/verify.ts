/**
 * Reads in the text of a rendered ES module what its imports and exports mean, and holds that against the source as it was written. The
 * text was made by numbers of imports and requests, which change where something is left out; here nothing is known but names, and
 * places in the source.
 */
import { isWithin } from '../core/parts';
import { originOf, passingOf } from '../core/prune';
import { decoded } from '../escaped-names';
import type { ImportEntry, ModuleSyntax, Range } from '../facts';
import type { Module } from '../model';
import type { EsFunction } from './esm-context';
import { exportedName, type ModuleNames, prefixOf } from './references';

/** What is asked of a module: its id, and of CommonJS the names that are wanted; or the namespace of an earlier request. */
type Request = string | [id: string, interop: number, ...names: string[]] | number;

/** A module, as it was before anything was left out and as it is, and its text. */
interface Verified {
  origin: Module;
  module: Module;
  syntax: ModuleSyntax;
  text: string;
  /** What has another name in the function. */
  renamed: ReadonlySet<string>;
}

/** A module's text. */
interface Text {
  module: Module;
  text: string;
  shared?: Pick<EsFunction, 'members' | 'renamed'>;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * Fails when the texts of a function read other names than the sources, or export what is not there: that would be an error of dynapack, and
 * must not pass unnoticed.
 * @param rendered its modules, in the order in which they run
 */
export function verifyTexts(rendered: readonly Text[], names: ModuleNames): void {
  const verified = rendered.flatMap(({ module, text, shared }, index): Verified[] => {
    const origin = originOf(module);
    const renamed = new Set(shared?.renamed[index]?.keys() ?? NONE);
    return origin.facts.syntax ? [{ origin, module, syntax: origin.facts.syntax, text, renamed }] : [];
  });
  const [first] = verified;
  if (first === undefined) return;
  const prefix = prefixOf(...verified.map(({ module }) => module));
  const lineEnd = first.text.indexOf('\n');
  const head = lineEnd < 0 ? first.text : first.text.slice(0, lineEnd);
  first.text = lineEnd < 0 ? '' : first.text.slice(lineEnd);
  const requests = requestsIn(head, prefix);
  const follow = follower(verified);
  for (const each of verified) verifyUses(each, meaningsInText(each.text, prefix, requests), follow, names);
  const strange = strangeGetter(head, verified, prefix, names);
  if (strange !== undefined) fail((verified.at(-1) as Verified).origin, `has no '${strange}' to export`);
}

function verifyUses(
  { origin, module, syntax }: Verified,
  read: string[],
  follow: Follow,
  names: ModuleNames,
): void {
  const written = module.isBridge
    ? []
    : meaningsInSource(origin, unusedIn(module, syntax), syntax, passer(module, follow), names);
  // What a `for await` loops over stands before its variable.
  if (syntax.awaits.some(({ form }) => form === 'for')) for (const list of [written, read]) list.sort();
  const wrong = Array.from({ length: Math.max(written.length, read.length) }).findIndex(
    (_, index) => written[index] !== read[index],
  );
  if (wrong >= 0) fail(origin, `reads ${read[wrong]} in place of ${written[wrong]}`);
  const gone = nameThatIsGone(origin, module);
  if (gone !== undefined) fail(origin, `mentions '${gone}', which was left out`);
}

/** Module and name that an import means, where it is none of the modules of the same function. */
type Follow = (
  path: string,
  name: string | undefined,
) => [path: string, name: string | undefined] | undefined;

/** What a module asks of another one in the place of one that hands it on is that one's. */
function passer(module: Module, follow: Follow): Follow {
  const { origin, passages = [] } = passingOf(module) ?? {};
  if (origin === undefined) return follow;
  const { requests } = origin.facts.syntax as ModuleSyntax;
  const passed = new Map<string, [path: string, name: string]>();
  for (const { request, targets, names } of passages)
    for (const [name, target, theirs] of names)
      passed.set(`${origin.targets[requests[request] as number]}\n${name}`, [
        targets[target] as string,
        theirs,
      ]);
  return (path, name) => follow(...(passed.get(`${path}\n${name}`) ?? ([path, name] as const)));
}

/** What a module of several hands on of others is theirs. */
function follower(verified: readonly Verified[]): Follow {
  const members = new Map(verified.length > 1 ? verified.map((each) => [each.origin.path, each]) : []);
  const follow: Follow = (target, name) => {
    const member = members.get(target);
    if (member === undefined) return [target, name];
    const { origin, module, syntax } = member;
    if (syntax.exports.some((each) => each.name === name)) return undefined;
    // What it has by a star is known of what is left of it.
    const [from, has] = hands(syntax, name) ? [origin, syntax] : [module, module.facts.syntax];
    const handed = hands(has, name);
    if (has === undefined || handed === undefined) return undefined;
    const path = from.targets[has.requests[handed.request] as number] as string;
    return (from === origin ? passer(module, follow) : follow)(path, handed.imported);
  };
  return follow;
}

const hands = (syntax: ModuleSyntax | undefined, name: string | undefined) =>
  syntax?.indirectExports.find((each) => each.name === name);

function fail({ path }: Module, what: string): never {
  throw new Error(`What was made of ${path} ${what}. This is an error of dynapack.`);
}

/** What is left out, and what is dead. */
const unusedIn = ({ dropped }: Module, { parts }: ModuleSyntax): readonly Range[] =>
  dropped === undefined ? [] : [...dropped, ...(parts?.dead ?? [])];

/** For each use of an import, in the order of the source, the id of the module that it is from, and its name there. */
function meaningsInSource(
  origin: Module,
  unused: readonly Range[],
  syntax: ModuleSyntax,
  follow: Follow,
  names: ModuleNames,
): string[] {
  const imports = new Map<string, ImportEntry>(syntax.imports.map((entry) => [entry.local, entry]));
  return syntax.uses
    .filter(({ start }) => !isWithin(unused, start))
    .toSorted((a, b) => a.start - b.start)
    .flatMap(({ start, end }) => {
      const text = origin.source.slice(start, end);
      // Names may be escaped, and members of namespaces on the next line.
      const entry = imports.get(text) ?? imports.get(decoded(text)) ?? imports.get(text.replace(/\s+/g, ''));
      const { request, name } = entry as ImportEntry;
      const target = origin.targets[syntax.requests[request] as number] as string;
      const meant = follow(target, name);
      if (meant === undefined) return [];
      const [path, own] = meant;
      return [`'${own === undefined ? '*' : exportedName(names, path, own)}' of ${names.id(path)}`];
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

/** The first name that is exported though no source exports what it stands for, or though that is gone. */
function strangeGetter(
  head: string,
  verified: readonly Verified[],
  prefix: string,
  names: ModuleNames,
): string | undefined {
  if (!head.includes(',()=>')) return undefined;
  const isAlone = verified.length === 1;
  const known = new Set<string>();
  const handedOn = new Set<string>();
  verified.forEach(({ origin: { path }, module, syntax, renamed }, index) => {
    const defaultName = `${prefix}default${isAlone ? '' : index}`;
    for (const { name, local = defaultName } of syntax.exports) {
      const inFunction = renamed.has(local) ? `${prefix}${local}_${index}` : local;
      known.add(`${inFunction} ${exportedName(names, path, name)}`);
    }
    // What one has of another one in the same function, perhaps by a star.
    if (!isAlone)
      for (const { name } of module.facts.syntax?.indirectExports ?? [])
        handedOn.add(exportedName(names, path, name));
  });
  const body = verified.map(({ text }) => text).join('\n');
  for (const [, text, local = ''] of head.matchAll(GETTER)) {
    const name = JSON.parse(`"${text}"`) as string;
    const isThere = body.includes(local) || decoded(body).includes(local);
    if (!isThere || !(known.has(`${local} ${name}`) || handedOn.has(name))) return name;
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
