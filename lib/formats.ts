/** Files that are no JavaScript when they reach `mods()`: what they are, and what to splice in before. */
import { extname } from 'node:path';
import { type DynapackError, notJavaScript } from './errors';

interface Format {
  /** As the subject of a sentence. */
  kind: string;
  hint: string;
}

const rename = 'and gives it the extension .js';

const style: Format = {
  kind: 'a stylesheet',
  hint: `Splice in a transform that makes it a script that adds a <style> element, ${rename}; or build styles by a task of their own, and resolve.alias it to false.`,
};
const image: Format = {
  kind: 'an image',
  hint: `Splice in a transform that makes it a script that exports its URL or a data: URL, ${rename}.`,
};
const font: Format = {
  kind: 'a font',
  hint: `Splice in a transform that makes it a script that exports its URL, ${rename}; or load it from a stylesheet.`,
};
const media: Format = {
  kind: 'a media file',
  hint: `Splice in a transform that makes it a script that exports its URL, ${rename}.`,
};
const webAssembly: Format = {
  kind: 'a WebAssembly module',
  hint: `Splice in a transform that makes it a script that fetches and instantiates it, ${rename}; or copy it to the site and use WebAssembly.instantiateStreaming(fetch(url)).`,
};

/** These are never JavaScript, though a parser may take some stylesheet for it. */
const formats: Record<string, Format> = Object.fromEntries([
  ...list(style, 'css scss sass less styl stylus pcss'),
  ...list(image, 'png jpg jpeg gif svg webp avif ico bmp'),
  ...list(font, 'woff woff2 ttf otf eot'),
  ...list(media, 'mp3 mp4 ogg wav webm flac aac m4a'),
  ...list(webAssembly, 'wasm'),
]);

function list(format: Format, extensions: string): [string, Format][] {
  return extensions.split(' ').map((extension) => [`.${extension}`, format]);
}

/** The error for a File with the extension of such a format. */
export function formatError(fileName: string): DynapackError | undefined {
  const format = formats[extname(fileName).toLowerCase()];
  return format && notJavaScript(fileName, format.kind, format.hint);
}

/** Whether the file is JavaScript by its name. */
export const isScript = (fileName: string): boolean => /\.[cm]?js$/.test(fileName);

const typed = /\.[cm]?tsx?$|\.jsx$/;

/** What probably went wrong where a file is no valid JavaScript; `undefined` for a slip in JavaScript itself. */
export function syntaxHint(fileName: string): string | undefined {
  if (typed.test(fileName)) {
    const name = fileName.endsWith('.jsx') ? 'JSX' : 'TypeScript';
    return `This ${name} reached mods() as it is. Splice in its transform: pack.deps().pipe(transform()).pipe(pack.mods()), as the README shows for TypeScript and JSX.`;
  }
  if (isScript(fileName)) return undefined;
  const extension = extname(fileName);
  return `A ${extension || 'file without extension'} reached mods() as it is: splice the transform for it between deps() and mods().`;
}
