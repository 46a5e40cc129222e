/** Every reason for which `pack.minify()` fails, one function each. */
import { DynapackError, type Location } from '../errors';

/** Where in a module something is wrong: the whole file, or a place in it. */
type Place = Location | { fileName: string };

const PASS_OPTIONS = 'pack.minify((code) => terser.minify(code, options))';

export function bundleChanged(bundle: string): DynapackError {
  return new DynapackError('BUNDLE_CHANGED', `bundle '${bundle}' was changed before it reached minify()`, {
    hint: 'Its modules cannot be told apart any more. Put pack.minify() first: src(…).pipe(pack).pipe(pack.minify()), then what changes contents, such as banners.',
  });
}

export function invalidMinifier(value: unknown): DynapackError {
  return new DynapackError('INVALID_MINIFIER', `minify() takes a function, not ${typeof value}`, {
    hint: `It is called for each module. With options of terser: ${PASS_OPTIONS}.`,
  });
}

export function invalidMinifierMap(path: string, reason: string): DynapackError {
  return new DynapackError('MINIFIER_MAP', `the minifier gave a damaged source map for ${path}: ${reason}`, {
    fileName: path,
    hint: 'A map is an object or JSON, such as terser and esbuild give with the option sourceMap or sourcemap. Without maps, return the code alone, or an empty map.',
  });
}

export function minificationFailed(place: Place, cause: unknown): DynapackError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DynapackError('MINIFICATION_FAILED', `cannot minify: ${reason}`, { ...place, cause });
}

/** @param cause why oxc-minify does not load */
export function minifierUnavailable(cause: unknown): DynapackError {
  const { platform, arch, versions } = process;
  const message = `pack.minify() uses oxc-minify, which does not load on ${platform} ${arch}, Node ${versions.node}`;
  return new DynapackError('MINIFIER_UNAVAILABLE', message, {
    hint: 'Its binary is an optional dependency: install with optional dependencies, on the system that builds. Or give minify() a function of your own, for example of terser.',
    cause,
  });
}

export function noMinifiedModule(path: string): DynapackError {
  return new DynapackError(
    'MINIFIER_RESULT',
    `what the minifier gave for ${path} is not the module's function`,
    {
      fileName: path,
      hint: 'It is given a script "_=function…" and has to return such a one and nothing else: no wrapper, no module format, no helpers or comments around it. Syntax for older browsers is made before, by a transform between pack.deps() and pack.mods().',
    },
  );
}

export function streamsNotMinified(bundle: string): DynapackError {
  return new DynapackError('STREAM_CONTENTS', `contents of bundle '${bundle}' are a stream`, {
    hint: 'Put pack.minify() right behind the pack.',
  });
}
