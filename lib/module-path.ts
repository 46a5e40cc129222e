/**
 * What modules are known by. Mostly that is the path of a file. Behind it may stand what makes it another module than the file
 * alone, as in `import './a.js?1'` and `import './a.txt' with { type: 'text' }`: a query, a type, or both; or a pattern, of whose files the
 * module is a table. What stands in between is in no file's name.
 */

import type { Pattern } from './facts';

const MARK = '\0';

/** What an import may ask for by `with { type: … }`. */
export const moduleTypes = ['json', 'text', 'bytes'] as const;

/** What specifiers may ask for of a worker, by `?worker` and `?sharedworker`: a function that starts it. */
export type WorkerType = 'worker' | 'sharedworker';

/** What modules are read as: besides, what specifiers may ask for by `?url` and `?inline`, and of workers. */
export type ModuleType = (typeof moduleTypes)[number] | 'url' | 'inline' | WorkerType;

const TYPE = ' with type ';

const IN = ' in ';

const OF = ' of ';

/** @param query with its `?` or `#`, if there is one */
export const withQuery = (path: string, query: string): string => (query === '' ? path : path + MARK + query);

/** @param wrappers what the style is wrapped in, the outermost first */
export const withWrappers = (path: string, wrappers: readonly string[]): string =>
  path + wrappers.map((wrapper) => MARK + IN + wrapper).join('');

/** What a style is wrapped in, the outermost first. */
export const wrappersOf = (path: string): string[] =>
  path
    .split(MARK)
    .filter((part) => part.startsWith(IN))
    .map((part) => part.slice(IN.length));

export const withType = (path: string, type: ModuleType): string => path + MARK + TYPE + type;

/** The module that is the table of the files which a module asks for by a pattern. */
export const withPattern = (path: string, pattern: Pattern): string =>
  fileOf(path) + MARK + OF + JSON.stringify(pattern);

/** What the table has in it. */
export function patternIn(path: string): Pattern | undefined {
  const start = path.indexOf(MARK + OF);
  return start === -1 ? undefined : (JSON.parse(path.slice(start + MARK.length + OF.length)) as Pattern);
}

/** Whether the module is the table of a pattern. */
export const isTable = (path: string): boolean => path.includes(MARK + OF);

/** A pattern as people may see it, and as it tells tables of one module apart: `glob ./pages/*.js`. */
export function shownPattern(pattern: Pattern): string {
  if (pattern.by === 'glob') {
    const { by, globs, ...options } = pattern;
    return [by, ...globs, ...shownOptions(options)].join(' ');
  }
  if (pattern.by !== 'context')
    return [pattern.by, pattern.texts.join('*'), ...shownOptions(pattern.attributes)].join(' ');
  const { by, directory, isDeep, filter, mode } = pattern;
  return [by, directory, `/${filter.join('/')}`, ...(isDeep ? [] : ['flat']), mode].join(' ');
}

const shownOptions = (options: object = {}): string[] =>
  Object.keys(options).length === 0 ? [] : [JSON.stringify(options)];

/** The file, or the `data:` URL, that a module is made from. */
export function fileOf(path: string): string {
  const end = path.indexOf(MARK);
  return end === -1 ? path : path.slice(0, end);
}

/** What follows the file of an instance. */
export function queryOf(path: string): string {
  const [, query = ''] = path.split(MARK);
  return [TYPE, IN, OF].some((mark) => query.startsWith(mark)) ? '' : query;
}

/** What a module is read as, where an import says so. */
export function typeOf(path: string): ModuleType | undefined {
  const start = path.lastIndexOf(MARK + TYPE);
  return start === -1 ? undefined : (path.slice(start + MARK.length + TYPE.length) as ModuleType);
}

/** What starts a worker, if the module is that. */
export function workerTypeOf(path: string): WorkerType | undefined {
  const type = typeOf(path);
  return type === 'worker' || type === 'sharedworker' ? type : undefined;
}

/** Whether the module is made of the contents of the file, not of what they say. */
export function isContents(path: string): boolean {
  const type = typeOf(path);
  return type !== undefined && type !== 'json';
}

/** Whether the module is JSON, as long as no transform has changed that. */
export function isJson(path: string): boolean {
  const type = typeOf(path);
  return type === undefined ? fileOf(path).endsWith('.json') : type === 'json';
}

/** As people and names may see it: `/a.js?1`, `/a.txt with type text`, `/a.js glob ./pages/*.js`. */
export function shownPath(path: string): string {
  if (!path.includes(MARK)) return path;
  const pattern = patternIn(path);
  return pattern ? `${fileOf(path)} ${shownPattern(pattern)}` : path.replaceAll(MARK, '');
}

/** How much of a `data:` URL a message shows: it may be as long as a file. */
const SHOWN = 60;

/** What is shown behind the file. */
export const suffixOf = (path: string): string => shownPath(path.slice(fileOf(path).length));

/** The file that a message names; of a table, what is shown of it: its text is in no file. */
export function shownFile(path: string): string {
  if (isTable(path)) return shownPath(path);
  const file = fileOf(path);
  return file.startsWith('data:') && file.length > SHOWN ? `${file.slice(0, SHOWN)}…` : file;
}
