/** What every bundler under comparison is here. */

/** One build to do. */
export interface Job {
  /** Directory of this project: bundlers are loaded from it. */
  project: string;
  /** Directory of the program. */
  directory: string;
  /** The program's entries, relative to its directory. */
  entries: string[];
  /** Where bundles go. */
  output: string;
  /** Directory of a disk cache, when the build may have one. */
  cache?: string | undefined;
  /** Each bundler minifies, by what it has for that. */
  minify?: boolean | undefined;
  /** The module that is edited between builds of a session. */
  edited: string;
}

/** Entry → the HTML that loads its bundles, which are served under `/`. */
export type Pages = Record<string, string>;

/** A bundler that has built once and waits for edits. */
export interface Session {
  /** Calls `edit`, which changes a source, and waits until the bundles are written again. */
  rebuild(edit: () => void): Promise<void>;
  close(): Promise<void>;
}

export interface Peer {
  /** Reads all sources and writes all bundles. Throws what the bundler throws. */
  build(job: Job): Promise<Pages>;
  /** Builds, and keeps in memory what this bundler keeps. Absent where it keeps nothing. */
  open?: ((job: Job) => Promise<Session>) | undefined;
  /** Whether `build` can use a disk cache. */
  hasDiskCache: boolean;
  /** Whether programs may have ES modules. */
  readsModules: boolean;
  /** Whether `build` can minify. */
  minifies: boolean;
  /** Whether CommonJS may ask for modules with `require.ensure`. */
  hasEnsure: boolean;
}

/** The name of an entry's bundle: its path without extension. */
export const nameOf = (entry: string): string => entry.replace(/\.[cm]?js$/, '');

const scriptTag = (type: string, url: string): string => `<script${type} src="${url}"></script>`;

/** A page of classic scripts. */
export const classicPage = (files: readonly string[]): string =>
  files.map((file) => scriptTag('', `/${file}`)).join('');

/** Pages of bundlers that write an ES module per entry, under the entry's name. */
export function modulePages(entries: readonly string[]): Pages {
  return Object.fromEntries(
    entries.map((entry) => [entry, scriptTag(' type="module"', `/${nameOf(entry)}.js`)]),
  );
}
