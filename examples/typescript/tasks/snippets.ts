import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { objectTransform } from 'through2';
import type File from 'vinyl';

/** Puts the snippet `<folder>/<page>.html` into each HTML page, where the page says `<!-- scripts -->`. */
export function includeSnippets(folder: string) {
  return objectTransform(async (file: File) => {
    if (file.extname !== '.html') return file;
    const snippet = await readFile(join(folder, file.basename), 'utf8');
    file.contents = Buffer.from(String(file.contents).replace('<!-- scripts -->', () => snippet));
    return file;
  });
}
