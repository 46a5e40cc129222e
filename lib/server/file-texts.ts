/** Texts of files that are asked for again and again: each is read anew when its file may have changed. */
import { readServedText, servedStamp } from '../fs/served';
import type { Stamp } from '../fs/stamps';
import { Lru } from './lru';

/** Units of text that stay in memory. */
const LIMIT = 64 * 1024 * 1024;

export class FileTexts {
  private readonly known = new Lru<{ stamp: Stamp; text: string }>(LIMIT);

  /**
   * The text of a file, or `undefined` when there is none; the same string as long as the file has not changed.
   * @throws (rejects with) NOT_TEXT when it is not UTF-8, and what the system reports otherwise
   */
  async read(path: string): Promise<string | undefined> {
    const stamp = await servedStamp(path);
    const known = this.known.get(path);
    if (known && stamp !== undefined && known.stamp === stamp) return known.text;
    const read = stamp === 'none' ? undefined : await readServedText(path);
    // A file that was written just now is read again next time. What has not changed stays the same string.
    const text = read === known?.text ? known?.text : read;
    if (text !== undefined) this.known.set(path, { stamp, text }, text.length);
    return text;
  }
}
