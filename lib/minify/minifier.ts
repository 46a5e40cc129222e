/** What minifies modules: the function that users may give, and how its results are read. */
import { invalidMinifier } from './failures';

/** What is told of the module whose code is minified: of several in one function, of the last. */
export interface MinifiedModule {
  /** Its id in bundles. */
  module: string;
  /** Absolute path of its file. */
  path: string;
}

/** A minified script, and the source map that leads from it to the script before. */
export interface MinifierOutput {
  /** The function, minified. */
  code?: string | undefined;
  /** An object, or JSON, as text or in a Buffer. Nothing, an empty text or an empty object is none. */
  map?: unknown;
}

/**
 * Minifies one function of a bundle: a module, or several.
 * @param code a script: `_=function(require,module,exports){…}`, or for an ES module `_=function*(…){…}`, `_='…'` if it has no code
 * @returns a script that assigns an equivalent function to the same name
 */
export type Minify = (
  code: string,
  about: MinifiedModule,
) => string | MinifierOutput | Promise<string | MinifierOutput>;

/** A minifier, and what its results depend on besides the code. */
export interface Minifier {
  /** Stands for the minifier in keys of caches. */
  key: string;
  /** The key says all: results may be kept on disk. Of a user's function, only the text is known. */
  isKnown: boolean;
  /** Rejects where it cannot work. */
  ready?: (() => Promise<unknown>) | undefined;
  /** @param hasMap whether a source map is wanted */
  minify(code: string, about: MinifiedModule, hasMap: boolean): ReturnType<Minify>;
}

/** The minifier that is a user's function. */
export function toMinifier(minify: Minify): Minifier {
  if (typeof minify !== 'function') throw invalidMinifier(minify);
  return { key: String(minify), isKnown: false, minify };
}

/** What a minifier gave, or `undefined` when it is no code. */
export function readOutput(output: unknown): { code: string; map?: unknown } | undefined {
  if (typeof output === 'string') return { code: output };
  const { code, map } = (output ?? {}) as MinifierOutput;
  return typeof code === 'string' ? { code, ...(map != null && { map }) } : undefined;
}
