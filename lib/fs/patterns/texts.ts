/** The files that texts may mean which are known in part, and those of a `require.context()`. */
import { basename, resolve } from 'node:path';
import type { Context, Texts } from '../../facts';
import { renamingOf } from '../renaming';
import type { ResolveSettings } from '../settings';
import { filesBelow, type Walk } from './walk';

/** What the source may say → absolute path of the file. */
export type FilesByText = Map<string, string>;

/** Whether to look into a directory: neither packages nor what is hidden is meant. */
const isOrdinary = (name: string): boolean => name !== 'node_modules' && !name.startsWith('.');

const isOrdinaryFile = (path: string): boolean => !basename(path).startsWith('.');

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What stands for types alone. */
const DECLARATION = /\.d\.[cm]?ts$/;

/** What nobody transforms in a package. */
const SOURCE = /\.(?:[cm]?ts|[jt]sx)$/;

/** A path, and what may be said for it: without its extension, and for a directory that has an index, with a slash or without. */
function spellingsOf(path: string, extensions: readonly string[]): string[] {
  const extension = extensions.find((each) => path.endsWith(each) && path.length > each.length);
  if (extension === undefined) return [path];
  const stem = path.slice(0, -extension.length);
  if (basename(stem) !== 'index') return [path, stem];
  const directory = stem.slice(0, -'index'.length);
  return [path, stem, directory, ...(directory === '' ? [] : [directory.slice(0, -1)])];
}

/** How many ways there are. */
const SPELLINGS = 4;

/** All that may be said for files. A full name comes first, then extensions in their order. */
function bySpelling(paths: readonly string[], extensions: readonly string[], directory: string): FilesByText {
  const files: FilesByText = new Map();
  const order = (path: string): number => extensions.findIndex((each) => path.endsWith(each));
  const sorted = [...paths].sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1));
  const spelled = sorted.map((path) => [path, spellingsOf(path, extensions)] as const);
  for (let level = 0; level < SPELLINGS; level++)
    for (const [path, spellings] of spelled) {
      const spelling = spellings[level];
      if (spelling !== undefined && !files.has(spelling)) files.set(spelling, resolve(directory, path));
    }
  return files;
}

/** The query that stands behind a text. */
export const queryBehind = ({ texts }: Texts): string => /\?[^/?]*$/.exec(texts.at(-1) as string)?.[0] ?? '';

/** @param directory of the module */
export function textFiles(
  pattern: Texts,
  directory: string,
  { extensions }: ResolveSettings,
  onLookedIn: Walk['onLookedIn'],
): FilesByText {
  const { texts, by } = pattern;
  const query = queryBehind(pattern);
  const head = texts[0] as string;
  const start = head.lastIndexOf('/') + 1;
  const [first, last] = [head.slice(start), (texts.at(-1) as string).slice(0, -query.length || undefined)];
  const known = [first, ...texts.slice(1, -1), last];
  const from = resolve(directory, head.slice(0, start));
  // One name for each, as in other bundlers; what is required may be deeper.
  const isMeant = new RegExp(`^${known.map(quoted).join(by === 'import' ? '[^/]*' : '.*')}$`);
  const depth = by === 'import' ? known.join('').split('/').length : Number.POSITIVE_INFINITY;
  const isEntered = (name: string, at: number): boolean => isOrdinary(name) && at < depth;
  const found = filesBelow(from, { isEntered, onLookedIn }).filter(isOrdinaryFile);
  // Packages have sources beside what was made of them.
  const isPackaged = /[\\/]node_modules[\\/]/.test(directory);
  const paths = isPackaged ? found.filter((path) => !SOURCE.test(path)) : found;
  const isWhole = /\.[^./]+$/.test(last);
  const modules = paths.filter(
    (path) => extensions.some((each) => path.endsWith(each)) && !DECLARATION.test(path),
  );
  const spelled = isWhole ? bySpelling(paths, [], from) : bySpelling(modules, extensions, from);
  return new Map(
    [...spelled]
      .filter(([text]) => isMeant.test(text))
      .map(([text, path]) => [head.slice(0, start) + text + query, path]),
  );
}

/** Likewise of a `require.context()`; `undefined` where its directory is no path. */
export function contextFiles(
  { directory: name, isDeep, filter }: Context,
  directory: string,
  settings: ResolveSettings,
  onLookedIn: Walk['onLookedIn'],
): FilesByText | undefined {
  const isPath = /^(?:\.{0,2}\/|\.\.?$)/.test(name);
  const [renamed] = isPath ? [name] : (renamingOf(name, directory, settings)?.names ?? []);
  if (renamed === undefined) return undefined;
  const from = resolve(directory, renamed);
  const isEntered = (each: string): boolean => isDeep && isOrdinary(each);
  const paths = filesBelow(from, { isEntered, onLookedIn }).filter(isOrdinaryFile);
  const isMeant = new RegExp(...(filter as [string, string]));
  const spelled = bySpelling(paths, settings.extensions, from);
  return new Map(
    [...spelled].map(([text, path]) => [`./${text}`, path] as const).filter(([text]) => isMeant.test(text)),
  );
}
