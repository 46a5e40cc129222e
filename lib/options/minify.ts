import { DynapackError, invalidOptions } from '../errors';
import type { Minify } from '../minify/minifier';
import { checkOptions, isBoolean, isRecord, type Rules } from './rules';

/** What `pack.minify()` takes besides a function. */
export interface MinifyOptions {
  /**
   * Whether functions and classes keep their names, for code that reads `function.name`. Where they need not, modules that run one right after the other
   * share a function, which is smaller. Default: `false`; with a function, which may keep names, `true`.
   */
  keepNames?: boolean;
}

const minifyRules: Rules<MinifyOptions> = {
  keepNames: ['a boolean', isBoolean],
};

const OWN = 'Options of a minifier go to it: pack.minify((code) => terser.minify(code, options)).';

/** What minifiers are told. */
const elsewhere = {
  compress: OWN,
  mangle: OWN,
  format: OWN,
  output: OWN,
  module: OWN,
  toplevel: OWN,
  ecma: OWN,
  keep_fnames: "'keepNames' keeps them.",
  keep_classnames: "'keepNames' keeps them.",
};

function nothingBehindOptions(): DynapackError {
  return new DynapackError('INVALID_OPTION', 'minify() takes nothing behind its options', {
    hint: 'A function comes first: pack.minify(minify, { keepNames: false }).',
  });
}

/**
 * Checks what `minify()` was given, and fills in the default.
 * @param first a function or options
 * @throws UNKNOWN_OPTION or INVALID_OPTION
 */
export function resolveMinifyOptions(
  first?: Minify | MinifyOptions,
  second?: MinifyOptions,
): Required<MinifyOptions> & { minify: Minify | undefined } {
  if (typeof first === 'object' && second !== undefined) throw nothingBehindOptions();
  const options = typeof first === 'object' ? first : second === undefined ? {} : second;
  if (!isRecord(options)) throw invalidOptions('minify()', options, '{ keepNames: true }');
  checkOptions('minify()', options, minifyRules, { elsewhere });
  const minify = typeof first === 'object' ? undefined : first;
  return { minify, keepNames: options.keepNames ?? minify !== undefined };
}
