/** Parts of a report in words. */
import type { ReportData, ReportModule } from './data';
import type { Edge, Step } from './ways';

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A name as terminals may show it: file names may hold what these obey. A newline and the like are written as in JavaScript. */
export const showName = (name: string): string =>
  name.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => SHORT[character] ?? `\\u{${(character.codePointAt(0) as number).toString(16)}}`,
  );

/** `a, b and c`; of many, the first ones and how many more there are. */
export function listWords(words: readonly string[], most = 8, and = 'and'): string {
  if (words.length > most) return `${words.slice(0, most).join(', ')} ${and} ${words.length - most} more`;
  const [last = '', ...others] = [...words].reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')} ${and} ${last}`;
}

export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

export const moduleName = ({ modules }: Pick<ReportData, 'modules'>, index: number): string =>
  showName((modules[index] as ReportModule).name);

const ARROWS = { 'at once': '→', later: '⇒', 'as a worker': '⇢' } as const;

/** `./a.js → ./b.js ⇒ ./c.js`: at once, later, and `⇢` as a worker. */
export const showChain = (chain: readonly Step[], nameOf: (module: number) => string): string =>
  chain
    .map(({ module, how }) => `${how === undefined ? '' : `${ARROWS[how]} `}${showName(nameOf(module))}`)
    .join(' ');

export const showEdge = (data: ReportData, { from, to }: Edge): string =>
  `${moduleName(data, from)} → ${moduleName(data, to)}`;

/** What a request is called: the page that starts with it, or its module. */
export function requestName(data: ReportData, request: number): string {
  const page = data.pages.find((each) => each.request === request && each.kind === 'entry');
  return page === undefined
    ? moduleName(data, data.requests[request]?.module as number)
    : showName(page.name);
}
