/**
 * What a build has left in the output directory, by which the command tells what has changed since the last one. It is all there: `aliases.json` and `manifest.json` say
 * which files are which bundles, and which of these pages start with.
 */
import { join, resolve } from 'node:path';
import { readTextIfFile } from '../fs/files';

export interface WrittenBuild {
  /** Entry name → names of the bundles that its page starts with. */
  entries: ReadonlyMap<string, readonly string[]>;
  /** Root id → names of the bundles that a request for it must have. */
  roots: ReadonlyMap<string, readonly string[]>;
  bundles: readonly string[];
  /** Names of scripts that stand alone. */
  alone: readonly string[];
  /** Name of a bundle, or of a script that stands alone → its text; not of files that somebody has removed. */
  texts: ReadonlyMap<string, string>;
}

type Urls = readonly { url: string }[];

/** What of a manifest is asked for. Others may have written a file that is called so. */
interface Manifest {
  entries: Record<string, { scripts: Urls; styles?: Urls }>;
  roots: Record<string, string[]>;
  bundles: Record<string, { url: string }>;
  standalone?: Record<string, unknown>;
}

/** @returns `undefined` where there is none, or something else */
export function readWritten(output: string): WrittenBuild | undefined {
  const read = (name: string): string | undefined => readTextIfFile(join(resolve(output), name));
  try {
    const manifest = JSON.parse(read('manifest.json') ?? '') as Manifest;
    const aliases = JSON.parse(read('aliases.json') ?? '') as Record<string, string>;
    const names = new Map(Object.entries(manifest.bundles).map(([name, { url }]) => [url, name]));
    const entries = Object.entries(manifest.entries).map(([entry, { scripts, styles = [] }]) => {
      const own = [...scripts, ...styles].flatMap(({ url }) => names.get(url) ?? []);
      return [entry, own] as const;
    });
    const texts = Object.entries(aliases).flatMap(([name, served]): [string, string][] => {
      const text = /\.(?:js|css)$/.test(name) ? read(served) : undefined;
      return text === undefined ? [] : [[name, text]];
    });
    return {
      entries: new Map(entries),
      roots: new Map(Object.entries(manifest.roots)),
      bundles: Object.keys(manifest.bundles),
      alone: Object.keys(manifest.standalone ?? {}),
      texts: new Map(texts),
    };
  } catch {
    return undefined;
  }
}
