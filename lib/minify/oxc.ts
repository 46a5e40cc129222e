/** The default minifier: oxc-minify, which works in threads of its own. */
import type { MinifyOptions, MinifyResult, SourceMap } from 'oxc-minify';
import { minifierUnavailable } from './failures';
import type { Minifier, MinifierOutput } from './minifier';
import { readSloppy } from './sloppy';
import { withoutTemplates } from './template-strings';

type Oxc = typeof import('oxc-minify');

/** Code becomes shorter by no syntax that is newer than ES5. What newer syntax it has stays. */
const TARGET = 'chrome23';

/** Scripts of ES modules: they are in strict mode, and their form is of ES2015. */
const ES_MODULE = /^_=(?:function\*|['"])/;

/**
 * `instanceof` behind more than a name. Where oxc knows whether that is an object, it forgets what else happens there: in
 * `!f() instanceof Date`, the call.
 */
const UNSAFE_INSTANCEOF = /[^\w$\s]\s*instanceof\b/;

/** Of what a function gives, or of a member, it knows nothing: `f(x).y instanceof Date`, where no operator stands before that. */
const SAFE_INSTANCEOF =
  /(?<=(?:[([{,;?:]|&&|\|\||=>|[^=!<>]=|\breturn)\s*)(?!(?:typeof|void|delete|new|await|yield)\b)[\w$]+(?:\??\.[\w$]+|\([^()]*\)|\[[^[\]()]*\])+\s*instanceof\b/g;

const isUnsafe = (code: string): boolean =>
  UNSAFE_INSTANCEOF.test(code) && UNSAFE_INSTANCEOF.test(code.replace(SAFE_INSTANCEOF, ''));

/** In `{ __proto__ }` the name is more than one of a variable. */
const RESERVED = ['__proto__'];

const PRINTED: MinifyOptions = { module: false, codegen: { legalComments: 'inline' } };
const PRINTED_WITH_SPACES: MinifyOptions = {
  module: false,
  codegen: { legalComments: 'inline', removeWhitespace: false },
};

let oxc: Promise<Oxc> | undefined;

/** Loaded when something is minified. @throws MINIFIER_UNAVAILABLE */
function load(): Promise<Oxc> {
  oxc ??= import('oxc-minify').catch((error: unknown) => {
    oxc = undefined;
    throw minifierUnavailable(error);
  });
  return oxc;
}

/** As other minifiers tell places: the line counts from 1, the column from 0. oxc counts bytes. */
function toError(code: string, { message, labels: [label] }: MinifyResult['errors'][number]): Error {
  const error = new Error(message);
  if (label === undefined) return error;
  const lines = Buffer.from(code).toString('utf8', 0, label.start).split('\n');
  return Object.assign(error, { line: lines.length, col: (lines.at(-1) as string).length });
}

async function run(
  code: string,
  options: MinifyOptions,
): Promise<{ code: string; map: SourceMap | undefined }> {
  const { errors, map, ...result } = await (await load()).minify('module.js', code, options);
  if (errors[0]) throw toError(code, errors[0]);
  return { code: result.code, map };
}

/** Minifies a script that may be in sloppy mode, and in ES5. */
async function minifySloppy(code: string, options: MinifyOptions): Promise<MinifierOutput> {
  const { hasWith, hasTemplates, blockFunctions } = readSloppy(code);
  const careful: MinifyOptions = hasWith
    ? { ...options, compress: false, mangle: false }
    : { ...options, mangle: { reserved: [...RESERVED, ...blockFunctions] } };
  const minified = await run(code, careful);
  if (hasTemplates) return minified;
  return withoutTemplates(minified.code, minified.map) ?? run(code, { ...careful, ...PRINTED_WITH_SPACES });
}

/** The minifier of those who give none. */
export function oxcMinifier(): Minifier {
  const { version } = require('oxc-minify/package.json') as { version: string };
  return {
    key: `oxc-minify ${version}`,
    isKnown: true,
    ready: load,
    minify(code, _about, hasMap) {
      const compress = !isUnsafe(code) && { target: TARGET };
      const options: MinifyOptions = {
        ...PRINTED,
        compress,
        mangle: { reserved: RESERVED },
        sourcemap: hasMap,
      };
      return ES_MODULE.test(code) ? run(code, options) : minifySloppy(code, options);
    },
  };
}
