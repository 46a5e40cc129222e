/**
 * What modules are known by. Mostly that is the path of a file. Behind it may stand what makes it another module than the file
 * alone, as in `import './a.js?1'` and `import './a.txt' with { type: 'text' }`: a query, a type, or both. What stands in between
 * is in no file's name.
 */

const MARK = '\0';

/** What an import may ask for by `with { type: … }`. */
export const moduleTypes = ['json', 'text', 'bytes'] as const;

/** What specifiers may ask for of a worker, by `?worker` and `?sharedworker`: a function that starts it. */
export type WorkerType = 'worker' | 'sharedworker';

/** What modules are read as: besides, what specifiers may ask for by `?url` and `?inline`, and of workers. */
export type ModuleType = (typeof moduleTypes)[number] | 'url' | 'inline' | WorkerType;

const TYPE = ' with type ';

const IN = ' in ';

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

/** The file, or the `data:` URL, that a module is made from. */
export function fileOf(path: string): string {
  const end = path.indexOf(MARK);
  return end === -1 ? path : path.slice(0, end);
}

/** What follows the file of an instance. */
export function queryOf(path: string): string {
  const [, query = ''] = path.split(MARK);
  return query.startsWith(TYPE) || query.startsWith(IN) ? '' : query;
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

/** As people and names may see it: `/a.js?1`, `/a.txt with type text`. */
export const shownPath = (path: string): string => (path.includes(MARK) ? path.replaceAll(MARK, '') : path);

/** How much of a `data:` URL a message shows: it may be as long as a file. */
const SHOWN = 60;

/** What is shown behind the file. */
export const suffixOf = (path: string): string => shownPath(path.slice(fileOf(path).length));

/** The file that a message names. */
export function shownFile(path: string): string {
  const file = fileOf(path);
  return file.startsWith('data:') && file.length > SHOWN ? `${file.slice(0, SHOWN)}…` : file;
}
