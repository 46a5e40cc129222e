/** Failures that dynapack reports, one function each, sorted by name; those of a kind are in files of their own. */
import { DynapackError, type Location, locate } from './dynapack-error';

import { nearest } from './nearest';
import { show } from './values';

export { DynapackError, type Location, locate } from './dynapack-error';

const didYouMean = (name: string, known: readonly string[]): string => {
  const match = nearest(name, known);
  return match === undefined ? `Known: ${known.join(', ')}.` : `Did you mean '${match}'?`;
};

/** Characters of a text that a message quotes. */
const QUOTED = 40;

/** What something is that is no File. */
function nameThing(given: unknown): string {
  if (typeof given === 'string') {
    const text = given.length > QUOTED ? `${given.slice(0, QUOTED)}…` : given;
    return `a string, ${JSON.stringify(text)}`;
  }
  if (typeof given !== 'object' || given === null) return String(given);
  const { path, constructor: made } = given as { path?: unknown; constructor?: { name?: unknown } };
  const what = `an object of the class ${made?.name ?? 'none'}`;
  return typeof path === 'string' ? `${what} with the path ${path}` : what;
}

export function bundlesNotBuilt(): DynapackError {
  return new DynapackError('NOT_BUILT', 'scripts() ended before its pack had made any bundle', {
    hint: "End the pack's entries first: pack.end() or src(…).pipe(pack), and read its bundles: .pipe(dest(…)).",
  });
}

export function dependsOnUnread(specifiers: string[], importer: string): DynapackError {
  return new DynapackError(
    'TOO_LATE',
    `${importer} reached mods() after deps() had ended, but needs modules not yet read: ${specifiers.join(', ')}`,
    { fileName: importer, hint: 'A transform that adds Files must push them before its input ends.' },
  );
}

export function integrityUnknown(bundle: string): DynapackError {
  return new DynapackError('INTEGRITY_UNKNOWN', `the final contents of bundle '${bundle}' are not known`, {
    hint: 'With integrity or updates, pipe the finished bundle Files themselves into scripts(): .pipe(dest(…)).pipe(pack.scripts({ integrity: true })).',
  });
}

export function invalidAlias(reason: string, cause?: unknown): DynapackError {
  return new DynapackError('INVALID_ALIAS', `scripts() cannot read an alias map: ${reason}`, {
    cause,
    hint: 'An alias map is an object, or a rev manifest File, of bundle name → served name.',
  });
}

export function invalidEntry(value: unknown): DynapackError {
  const shown = typeof value === 'string' ? `'${value}'` : Object.prototype.toString.call(value);
  return new DynapackError('INVALID_ENTRY', `${shown} is not an entry`, {
    hint: 'An entry is an absolute path, a vinyl File, or { path, contents } with an absolute path.',
  });
}

export function invalidJson(at: Location, cause: Error): DynapackError {
  // Some engines quote the text, line ends and all, and say once more that it is not valid.
  const message = cause.message.replace(/, (?:\.\.\.)?"[\s\S]*$/, '');
  return new DynapackError('INVALID_JSON', `not valid JSON: ${message}`, {
    ...at,
    cause,
    hint: 'JSON has no comments, no comma before a closing bracket, and names in double quotation marks.',
  });
}

/**
 * @param call what was called, such as `scripts()`
 * @param part what of the value is wrong, by its name in it
 */
export function invalidOption(
  call: string,
  name: string,
  expected: string,
  value: unknown,
  part?: string,
): DynapackError {
  const wrong = part === undefined ? `not ${show(value)}` : `but its '${part}' is ${show(value)}`;
  return new DynapackError('INVALID_OPTION', `${call}: option '${name}' must be ${expected}, ${wrong}`);
}

export function invalidTsconfig(tsconfig: string, problem: string): DynapackError {
  return new DynapackError(
    'INVALID_OPTION',
    `dynapack(): option 'resolve.tsconfig' names '${tsconfig}', which cannot be used: ${problem}`,
    { hint: "It is the path of a tsconfig.json with 'paths' or 'baseUrl', relative to the option 'root'." },
  );
}

/** @param example of options that are right */
export function invalidOptions(call: string, value: unknown, example: string): DynapackError {
  return new DynapackError('INVALID_OPTION', `${call}: options must be an object, not ${show(value)}`, {
    hint: `Such as ${example}.`,
  });
}

export function hintWithUpdates(name: string): DynapackError {
  return new DynapackError(
    'INVALID_OPTION',
    `option '${name}' of scripts() does not go with option 'updates'`,
    {
      hint: `Browsers would download whole bundles, also where a patch makes them. Leave '${name}' out, or 'updates'.`,
    },
  );
}

export function invalidPattern(at: Location, problem: string, hint: string): DynapackError {
  return new DynapackError('INVALID_PATTERN', problem, { ...at, hint });
}

export function invalidSourceMap(path: string, reason: string): DynapackError {
  return new DynapackError('INVALID_SOURCE_MAP', `the source map of ${path} is damaged: ${reason}`, {
    fileName: path,
    hint: "The transform before mods() that set file.sourceMap has to be mended. The option 'sourcemaps: false' does without.",
  });
}

export function modsEnded(paths: readonly string[]): DynapackError {
  return new DynapackError(
    'MODS_ENDED',
    `mods() was ended while these modules were on their way: ${paths.join(', ')}`,
    { hint: 'deps() ends the chain by itself; end mods() only through it.' },
  );
}

export function modulesLost(paths: readonly string[], isPiped: boolean): DynapackError {
  const hint = isPiped
    ? 'A transform between deps() and mods() must pass on every File it is given, at once, with its history ' +
      '(change contents or path of the File, or file.clone(), rather than make a new File). With through2 it is an ' +
      'async function that returns the File, or one that calls back with it.'
    : 'deps() was taken, but is piped nowhere: pack.deps().pipe(…).pipe(pack.mods()).';
  return new DynapackError(
    'MODULES_LOST',
    `these modules left deps() but never reached mods(): ${paths.join(', ')}`,
    { hint },
  );
}

export function moduleNotFound(
  { code = 'MODULE_NOT_FOUND', verb = 'cannot find module', specifier, reason }: Unmet,
  at: Location,
  hint: string,
  others: readonly string[],
): DynapackError {
  const also = others.length === 0 ? '' : ['\n  Also missing:', ...others].join('\n    ');
  return new DynapackError(code, `${verb} '${specifier}' (${reason})`, {
    ...at,
    hint: hint + also,
  });
}

/** A specifier that no module can be had for. */
interface Unmet {
  code?: string;
  verb?: string;
  specifier: string;
  reason: string;
}

export function noContents(path: string): DynapackError {
  return new DynapackError('NO_CONTENTS', `mods() was given ${path} without contents`, {
    hint: 'Pass on Files as they came from deps(), with contents: a Buffer, be it an empty one.',
  });
}

export function noEntries(): DynapackError {
  return new DynapackError('NO_ENTRIES', 'the pack was ended without any entry', {
    hint: 'Write at least one: pack.end("/absolute/main.js") or src("src/pages/*.js").pipe(pack). Does the glob match a file? With since and lastRun, entries that have not changed are missing: leave them out.',
  });
}

/** @param given what a transform has pushed */
export function noFile(given: unknown): DynapackError {
  return new DynapackError('NO_CONTENTS', `mods() was given what is no vinyl File: ${nameThing(given)}`, {
    hint: 'A transform between deps() and mods() changes the contents of each File, and passes on the File itself: objectTransform(async (file) => { file.contents = Buffer.from(…); return file; }).',
  });
}

export function notJavaScript(fileName: string, kind: string, hint: string): DynapackError {
  return new DynapackError(
    'NOT_JAVASCRIPT',
    `${kind} is no JavaScript, and nothing between deps() and mods() makes it some: ${fileName}`,
    {
      fileName,
      hint,
    },
  );
}

export function notText(path: string): DynapackError {
  return new DynapackError('NOT_TEXT', `this file is not text in UTF-8: ${path}`, { fileName: path });
}

export function overwritesSource(path: string, output: string): DynapackError {
  return new DynapackError('OVERWRITES_SOURCE', `the output in '${output}' would replace a source: ${path}`, {
    fileName: path,
    hint: 'Nothing was written. Name another output directory: -o bundles.',
  });
}

/** @param what has happened to the patch or to its bundle behind `patches()` */
export function patchesMisplaced(what: string): DynapackError {
  return new DynapackError('PATCHES_MISPLACED', `no page can use the patches: ${what} behind patches()`, {
    hint: "Put pack.patches() behind everything that changes texts or names, such as minify(), rev() and dest('…', { sourcemaps: '.' }).",
  });
}

/** What an engine refused, where it may be newer than that engine. */
export interface RefusedSyntax {
  /** What the engine says. */
  message: string;
  /** Its name. */
  engine: string;
  /** What the language calls it, where that is known. */
  newer: string | undefined;
}

/** An engine knows nothing of what no parser objects to. */
export function refusedSyntax(
  fileName: string,
  source: string,
  offset: number,
  { message, engine, newer }: RefusedSyntax,
): DynapackError {
  const transform = 'a transform between pack.deps() and pack.mods(), such as TypeScript, esbuild or Babel,';
  const hint =
    newer === 'decorators' || newer === 'accessor'
      ? `No browser knows it yet: ${transform} makes it JavaScript, as docs/transforms.md shows for TypeScript.`
      : `${engine} does not take it, so that nobody can check here whether browsers do. If it is newer than that, build with a newer Node; for older browsers, ${transform} has to rewrite it.`;
  const what = newer === undefined ? message : `'${newer}' is not known to ${engine}: ${message}`;
  return new DynapackError('SYNTAX_ERROR', what, { ...locate(fileName, source, offset), hint });
}

/** @param cause why oxc-resolver does not load */
export function resolverUnavailable(cause: unknown): DynapackError {
  const { platform, arch, versions } = process;
  const message = `modules are found by oxc-resolver, which does not load on ${platform} ${arch}, Node ${versions.node}`;
  return new DynapackError('RESOLVER_UNAVAILABLE', message, {
    hint: 'Its binary is an optional dependency: install with optional dependencies, on the system that builds. With --permission, Node loads it if there is --allow-addons as well; with --no-addons it does not.',
    cause,
  });
}

export function storeUnusable(path: string, cause: Error): DynapackError {
  return new DynapackError('RELEASES', `releases cannot be kept in ${path}: ${cause.message}`, {
    fileName: path,
    hint: "Option 'releases' names a directory that may be written, or is a storage of unstorage.",
    cause,
  });
}

export function streamContents(path: string): DynapackError {
  return new DynapackError('STREAM_CONTENTS', `contents of ${path} are a stream`, {
    fileName: path,
    hint: 'Read Files as buffers: src() without { buffer: false }.',
  });
}

export function syntaxError(
  fileName: string,
  source: string,
  offset: number,
  message: string,
  cause?: unknown,
): DynapackError {
  return new DynapackError('SYNTAX_ERROR', message, {
    ...locate(fileName, source, offset),
    hint: 'What is not plain JavaScript, such as TypeScript or JSX, is transformed between pack.deps() and pack.mods().',
    cause,
  });
}

/** @param elsewhere what does what is asked for, if that is known */
export function unknownOption(
  call: string,
  name: string,
  known: readonly string[],
  elsewhere: string | undefined,
): DynapackError {
  return new DynapackError('UNKNOWN_OPTION', `${call}: unknown option '${name}'`, {
    hint: elsewhere ?? didYouMean(name, known),
  });
}

/** @param known names of entries */
export function unknownPageEntry(page: string, name: string, known: readonly string[]): DynapackError {
  const message = `dynapack(): option 'split.pages' has '${name}' on the page '${page}', which is no entry`;
  return new DynapackError('INVALID_OPTION', message, { hint: didYouMean(name, known) });
}

export function unsupportedSyntax(
  fileName: string,
  source: string,
  { start, what, hint }: { start: number; what: string; hint: string },
): DynapackError {
  const at = locate(fileName, source, start);
  return new DynapackError('UNSUPPORTED_SYNTAX', `'${what}' is not supported here`, { ...at, hint });
}

export function unreadable(path: string, cause: NodeJS.ErrnoException, importer?: string): DynapackError {
  const role = importer === undefined ? 'entry' : `module required by ${importer}`;
  const failures: Record<string, [code: string, message: string, hint: string]> = {
    ENOENT: [
      'NOT_FOUND',
      `${role} does not exist: ${path}`,
      importer === undefined && path.includes('*')
        ? 'Patterns are expanded by gulp.src(), or by the shell where they have no quotation marks.'
        : 'Check the path.',
    ],
    EISDIR: [
      'NOT_A_FILE',
      `${role} is a directory: ${path}`,
      'Name the script itself, such as its index.js.',
    ],
    EACCES: ['UNREADABLE', `${role} may not be read: ${path}`, 'Check the permissions of the file.'],
  };
  const fallback = ['UNREADABLE', `${role} cannot be read: ${path} (${cause.message})`, undefined] as const;
  const [code, message, hint] = failures[cause.code ?? ''] ?? fallback;
  return new DynapackError(code, message, { fileName: path, hint, cause });
}
