/** What is wrong with scripts that stand alone, one function each, sorted by name. */
import { DynapackError, type Location } from './errors';
import { list } from './hints';
import { nearest } from './nearest';
import type { BuildWarning } from './warnings';

/** @param names of the files, each with its size */
export function embeddedAssets(script: string, path: string, names: readonly string[]): BuildWarning {
  return {
    code: 'EMBEDDED_ASSETS',
    message: `the script '${script}', which stands alone, holds large files as data: URLs: ${list(names)}`,
    path,
    hint: 'It has no page that says where files are. Copy such a file to the site with gulp, and name the URL that it has there.',
  };
}

export function libraryAwaits(path: string, name: string): DynapackError {
  return new DynapackError(
    'LIBRARY_ASYNC',
    `the library '${name}' awaits at its top level, or a module that it imports does: ${path}`,
    {
      fileName: path,
      hint: "Who loads it by a script tag, or requires it, has its exports at once. Export a function, or a promise, in place of waiting. A script that exports nothing may wait: name it in 'standalone', not in 'library'.",
    },
  );
}

export function styleAlone(path: string): DynapackError {
  return new DynapackError('NOT_JAVASCRIPT', `a style runs nothing, so it cannot stand alone: ${path}`, {
    fileName: path,
    hint: "Leave it out of the options 'standalone' and 'library'. As an entry of pages it comes out as a style of its own.",
  });
}

/**
 * @param option `standalone` or `library`
 * @param known what entries may be called
 */
export function unknownStandalone(option: string, name: string, known: readonly string[]): DynapackError {
  const match = nearest(name, known);
  const suggestion = match === undefined ? '' : `Did you mean '${match}'? `;
  return new DynapackError(
    'UNKNOWN_STANDALONE',
    `dynapack(): option '${option}' names '${name}', which is none of the entries: ${list(known)}`,
    {
      hint: `${suggestion}It names entries that are written into the pack, such as src(['src/pages/*.js', 'src/sw.js']).pipe(pack), by their paths relative to the option 'root'.`,
    },
  );
}

/** @param styles as they are shown */
export function unlinkedStyles(script: string, path: string, styles: readonly string[]): BuildWarning {
  return {
    code: 'UNLINKED_STYLES',
    message: `the script '${script}' stands alone, and nobody links the styles that it imports: ${list(styles)}`,
    path,
    hint: "Import the text of a style, as in: import text from './a.css?raw', and put it into the page: document.head.append(Object.assign(document.createElement('style'), { textContent: text })). Or let an entry of pages import the style.",
  };
}

export function workerAlone(script: string, at: Location): DynapackError {
  return new DynapackError(
    'WORKER_ALONE',
    `the script '${script}', which stands alone, has no page that tells it how to start a worker`,
    {
      ...at,
      hint: "Name the worker's script in the option 'standalone' as well, and give new Worker() the URL that it has on the site: '/worker.js'.",
    },
  );
}
