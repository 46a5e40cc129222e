/** Which modules the Files are that come through the loop: transforms clone Files, give them other paths, and add Files of their own. */
import { join, parse } from 'node:path';
import type { ModuleText } from '../draft';
import { fileOf } from '../module-path';

/** What TypeScript calls what it makes of its sources: extension → extensions of these. */
const sourceExtensions: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/** A module that has come through. */
interface Arrival {
  text: ModuleText;
  /** Nobody has asked for it. */
  isExtra: boolean;
}

export class Arrivals {
  /** By path, the text of each module as it came through, to tell a clone from the same File again. */
  private readonly texts = new Map<string, ModuleText>();

  /** Modules of earlier builds that transforms have added, and may add again. */
  private readonly expected = new Set<string>();

  /** Notes that the module, which is there, is what a transform has added in an earlier build: one that comes takes its place. */
  expect(path: string): void {
    this.expected.add(path);
  }

  /** Notes a module that is there, however it came. */
  note(path: string, text: ModuleText): void {
    this.texts.set(path, text);
  }

  /**
   * A File known already is the same module again, or one of the two is a clone under a path of its own.
   * @param waiting modules that were asked for, and have not come so far
   * @returns the modules that it brings; `undefined` when it is one that was there
   */
  take(text: ModuleText, waiting: ReadonlySet<string>): Arrival[] | undefined {
    const known = this.texts.get(text.path);
    if (known === undefined) {
      const path = waiting.has(text.path) ? text.path : this.sourceOf(text.path, waiting);
      return [path === undefined ? { text, isExtra: true } : { text: { ...text, path }, isExtra: false }];
    }
    if (this.expected.delete(text.path)) return [{ text, isExtra: !waiting.has(text.path) }];
    if (known.fileName === text.fileName) return undefined;
    // The File under its own path is the module, whatever clone came before it.
    if (text.fileName === fileOf(text.path)) return [{ text, isExtra: false }, ...this.extra(known)];
    return this.extra(text);
  }

  /** gulp-typescript makes a new File of each, without the history of the old one. Where several might be meant, none is. */
  private sourceOf(path: string, waiting: ReadonlySet<string>): string | undefined {
    const { dir, name, ext } = parse(path);
    const sources = (sourceExtensions[ext] ?? []).map((extension) => join(dir, name + extension));
    const [source, ...others] = sources.filter((each) => waiting.has(each) && !this.texts.has(each));
    return others.length === 0 ? source : undefined;
  }

  private extra(text: ModuleText): Arrival[] {
    const { fileName } = text;
    return this.texts.has(fileName) ? [] : [{ text: { ...text, path: fileName }, isExtra: true }];
  }
}
