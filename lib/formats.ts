/** What kinds of modules there are besides scripts, by the names that their files have when they reach `mods()`. */
import { extname } from 'node:path';
import { type DynapackError, notJavaScript } from './errors';
import { typeOf } from './module-path';

/** By extension: media types of files that browsers fetch by a URL. Modules of such files are assets. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.bmp': 'image/bmp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.otf': 'font/otf',
  '.eot': 'application/vnd.ms-fontobject',
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.aac': 'audio/aac',
  '.flac': 'audio/flac',
  '.wav': 'audio/wav',
  '.ogg': 'audio/ogg',
  '.opus': 'audio/ogg',
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
  '.ogv': 'video/ogg',
  '.mov': 'video/quicktime',
  '.vtt': 'text/vtt',
  '.pdf': 'application/pdf',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** Of files that are assets only where somebody asks for it. */
const OTHER_MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.txt': 'text/plain',
};

/** Languages that a transform makes styles of. */
const STYLE_SOURCES: ReadonlySet<string> = new Set(['.scss', '.sass', '.less', '.styl', '.stylus', '.pcss']);

/** Scripts and data: transforms make them of nothing but themselves. */
const ALONE = /^\.(?:[cm]?[jt]s|[jt]sx|json)$/;

/** How Sass, Less, Stylus, PostCSS and Tailwind name files that they read, and how languages of templates do. */
const NAMES_FILES =
  /@(?:use|forward|import|require|reference|source|config|plugin|tailwind|apply)\b|\b(?:include|extends)\b|\{%-?\s*import\b|\{\{>/;

/** Whether a transform of the file may read others, by what it says. */
export const mayReadOthers = (fileName: string, contents: Buffer): boolean =>
  !ALONE.test(extensionOf(fileName)) &&
  !isAssetFile(fileName) &&
  NAMES_FILES.test(contents.toString('latin1'));

const extensionOf = (fileName: string): string => extname(fileName).toLowerCase();

/** Whether the file is given out as it is, and what its module exports is its URL. */
export const isAssetFile = (fileName: string): boolean => Object.hasOwn(MEDIA_TYPES, extensionOf(fileName));

/** Whether the file is a style as browsers know it. */
export const isStyleFile = (fileName: string): boolean => extensionOf(fileName) === '.css';

/** Whether the file is a style, or is going to be one. */
export const becomesStyle = (fileName: string): boolean =>
  isStyleFile(fileName) || STYLE_SOURCES.has(extensionOf(fileName));

/** Whether the names in a style are its own, and what its module exports: `x.module.css`. */
export const isStyleModule = (fileName: string): boolean => /\.module\.[^./\\]+$/i.test(fileName);

/**
 * How the bytes of a file are the text of its module. All bytes are to be had from it again: of an asset, each is a character.
 * @param path of the module
 * @param fileName of its file as it reaches `mods()`
 */
export function encodingOf(path: string, fileName: string): 'base64' | 'latin1' | 'utf8' {
  switch (typeOf(path)) {
    case 'bytes':
    case 'inline':
      return 'base64';
    case 'url':
      return 'latin1';
    case 'text':
    case 'json':
      return 'utf8';
    default:
      return isAssetFile(fileName) ? 'latin1' : 'utf8';
  }
}

/** What a `data:` URL says of the file. */
export const mediaTypeOf = (fileName: string): string =>
  MEDIA_TYPES[extensionOf(fileName)] ??
  OTHER_MEDIA_TYPES[extensionOf(fileName)] ??
  'application/octet-stream';

/** The error for a File that a parser may take for JavaScript, though it never is. */
export function formatError(fileName: string): DynapackError | undefined {
  const extension = extensionOf(fileName);
  if (!STYLE_SOURCES.has(extension)) return undefined;
  return notJavaScript(
    fileName,
    'a style that no browser knows',
    `Splice in a transform that makes it CSS, such as Sass or PostCSS, and gives it the extension .css in place of ${extension}.`,
  );
}

/** The error for an entry that gives no page anything to run. */
export const assetEntry = (fileName: string): DynapackError =>
  notJavaScript(
    fileName,
    'an asset',
    'Entries are what pages run: write a script that imports it, and leave it out of gulp.src().',
  );

/** Whether the file is JavaScript by its name. */
export const isScript = (fileName: string): boolean => /\.[cm]?js$/.test(fileName);

const typed = /\.[cm]?tsx?$|\.jsx$/;

/** What probably went wrong where a file is no valid JavaScript; `undefined` for a slip in JavaScript itself. */
export function syntaxHint(fileName: string): string | undefined {
  if (typed.test(fileName)) {
    const name = fileName.endsWith('.jsx') ? 'JSX' : 'TypeScript';
    return `This ${name} reached mods() as it is. Splice in its transform: pack.deps().pipe(transform()).pipe(pack.mods()), as docs/transforms.md shows for TypeScript, JSX and others.`;
  }
  if (isScript(fileName)) return undefined;
  const extension = extname(fileName);
  return `A ${extension || 'file without extension'} reached mods() as it is: splice the transform for it between deps() and mods().`;
}
