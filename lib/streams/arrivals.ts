/** Which modules the Files are that come through the loop: transforms clone Files, give them other paths, and add Files of their own. */
import type { ModuleText } from '../draft';
import { fileOf } from '../module-path';

/** A module that has come through. */
interface Arrival {
  text: ModuleText;
  /** Nobody has asked for it. */
  isExtra: boolean;
}

export class Arrivals {
  /** By path, the text of each module as it came through, to tell a clone from the same File again. */
  private readonly texts = new Map<string, ModuleText>();

  /** Notes a module that is there, however it came. */
  note(path: string, text: ModuleText): void {
    this.texts.set(path, text);
  }

  /**
   * A File known already is the same module again, or one of the two is a clone under a path of its own.
   * @param isWanted whether the module was asked for, and has not come so far
   * @returns the modules that it brings; `undefined` when it is one that was there
   */
  take(text: ModuleText, isWanted: boolean): Arrival[] | undefined {
    const known = this.texts.get(text.path);
    if (known === undefined) return [{ text, isExtra: !isWanted }];
    if (known.fileName === text.fileName) return undefined;
    // The File under its own path is the module, whatever clone came before it.
    if (text.fileName === fileOf(text.path)) return [{ text, isExtra: false }, ...this.extra(known)];
    return this.extra(text);
  }

  private extra(text: ModuleText): Arrival[] {
    const { fileName } = text;
    return this.texts.has(fileName) ? [] : [{ text: { ...text, path: fileName }, isExtra: true }];
  }
}
