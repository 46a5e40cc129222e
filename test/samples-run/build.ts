import { relative } from 'node:path';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { failure, finish, type Packed, type Pipe } from '../helpers/pack';
import type { Problem, Sample } from './sample';

/** URLs of the sample's bundles begin with it. */
export const prefixOf = ({ name }: Sample): string => `/${name}/`;

interface Reported {
  code: string;
  message: string;
  hint?: string;
  lineNumber?: number;
  columnNumber?: number;
}

function problemOf(sample: Sample, reported: Reported, path: string | undefined): Problem {
  const { code, message, hint = '', lineNumber, columnNumber } = reported;
  return {
    code,
    message,
    hint,
    ...(path !== undefined && { file: relative(sample.directory, path) }),
    ...(lineNumber !== undefined && { line: lineNumber }),
    ...(columnNumber !== undefined && { column: columnNumber }),
  };
}

function expectProblem(actual: Problem, { message = '', hint = '', ...expected }: Problem): void {
  expect(actual).to.deep.include(expected);
  expect(actual.message).to.include(message);
  expect(actual.hint).to.include(hint);
}

function start(sample: Sample): { pack: dynapack.Pack; warnings: Problem[] } {
  const pack = dynapack({
    root: sample.directory,
    prefix: prefixOf(sample),
    env: { NODE_ENV: 'production' },
    ...sample.options,
  });
  const warnings: Problem[] = [];
  pack.on('warning', (warning) => warnings.push(problemOf(sample, warning, warning.path)));
  for (const path of sample.paths) pack.write(path);
  pack.end();
  return { pack, warnings };
}

/**
 * Builds a sample, with the warnings it expects and no other ones. Each module is in one bundle, and every bundle parses.
 * @param pipe what the bundles go through
 */
export async function build(sample: Sample, pipe: Pipe = (pack) => pack): Promise<Packed> {
  const { pack, warnings } = start(sample);
  const packed = await finish(pack, undefined, pipe(pack));
  const expected = sample.warnings ?? [];
  expect(warnings, JSON.stringify(warnings, null, 2)).to.have.length(expected.length);
  for (const [index, each] of expected.entries()) expectProblem(warnings[index] as Problem, each);
  const { bundles, modules, minimal } = packed.metadata;
  expect(Object.values(bundles).flat().sort()).to.deep.equal(Object.values(modules).sort());
  expect(minimal).to.equal(!sample.options?.debug);
  return packed;
}

/** Builds a sample in vain, and expects its error. */
export async function buildInVain(sample: Sample, expected: Problem): Promise<void> {
  const error = await failure(finish(start(sample).pack));
  expect(error, String(error)).to.be.an.instanceOf(dynapack.DynapackError);
  expectProblem(problemOf(sample, error, error.fileName), expected);
}
