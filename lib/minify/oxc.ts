/** The default minifier: oxc-minify, which works in threads of its own. */
import type { CompressOptions, MangleOptions, MinifyOptions, MinifyResult, SourceMap } from 'oxc-minify';
import { namesAsked, withNames, withoutNames } from './asked-names';
import { nestedCatches } from './catches';
import { readsPrivateNames, withEval, withoutEval } from './evals';
import { minifierUnavailable } from './failures';
import type { Minifier, MinifierOutput } from './minifier';
import { readSloppy } from './sloppy';
import { withoutTemplates } from './template-strings';

type Oxc = typeof import('oxc-minify');

/** Code becomes shorter by no syntax that is newer than ES5. What newer syntax it has stays. */
const TARGET = 'chrome23';

/** Scripts of ES modules: they are in strict mode, and their form is of ES2015. */
const ES_MODULE = /^_=(?:function\*|['"])/;

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

async function run(code: string, options: MinifyOptions): Promise<Result> {
  const changed = options.compress === false ? undefined : withoutEval(code);
  if (changed === undefined) return runAsked(code, options);
  const result = await runAsked(changed.code, reserving([changed.name], options));
  return { ...result, code: withEval(result.code, changed) };
}

/** The options, by which variables of these names keep them, and no others get them. */
function reserving(names: readonly string[], options: MinifyOptions): MinifyOptions {
  const { mangle = {} } = options;
  if (typeof mangle === 'boolean' || names.length === 0) return options;
  return { ...options, mangle: { ...mangle, reserved: [...(mangle.reserved ?? []), ...names] } };
}

async function runAsked(code: string, options: MinifyOptions): Promise<Result> {
  const names = options.compress === false ? [] : namesAsked(code);
  if (names.length === 0) return runAlone(code, options);
  const result = await runAlone(withNames(code, names), options);
  return withoutNames(result, names) ?? runAlone(code, { ...options, compress: false });
}

interface Result {
  code: string;
  map: SourceMap | undefined;
}

async function runAlone(code: string, options: MinifyOptions): Promise<Result> {
  const { errors, map, ...result } = await (await load()).minify('module.js', code, options);
  if (errors[0]) throw toError(code, errors[0]);
  return { code: result.code, map };
}

/** Minifies a script that may be in sloppy mode, and in ES5. */
async function minifySloppy(code: string, options: MinifyOptions): Promise<MinifierOutput> {
  const { hasWith, hasTemplates, hasBareFunction, blockFunctions } = readSloppy(code);
  const careful: MinifyOptions = {
    ...(hasWith
      ? { ...options, mangle: false }
      : reserving([...blockFunctions, ...nestedCatches(code)], options)),
    ...((hasWith || hasBareFunction) && { compress: false }),
  };
  const minified = await run(code, careful);
  if (hasTemplates) return minified;
  return withoutTemplates(minified.code, minified.map) ?? run(code, { ...careful, ...PRINTED_WITH_SPACES });
}

/**
 * The minifier of those who give none.
 * @param keepNames whether functions and classes keep their names
 */
export function oxcMinifier(keepNames: boolean): Minifier {
  const { version } = require('oxc-minify/package.json') as { version: string };
  const compress: CompressOptions = {
    target: TARGET,
    keepNames: { function: keepNames, class: keepNames },
  };
  const mangle: MangleOptions = { reserved: RESERVED, keepNames };
  return {
    key: `oxc-minify ${version}${keepNames ? ' with names' : ''}`,
    isKnown: true,
    ready: load,
    minify(code, _about, hasMap) {
      const options: MinifyOptions = {
        ...PRINTED,
        compress,
        mangle,
        sourcemap: hasMap,
        ...(readsPrivateNames(code) && { mangle: false }),
      };
      return ES_MODULE.test(code)
        ? run(code, reserving(nestedCatches(code), options))
        : minifySloppy(code, options);
    },
  };
}
