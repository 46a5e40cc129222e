/**
 * Random graphs of ES modules do what they do in Node when each module is minified. Only spaces and names go:
 * minifiers that compress drop uses of variables in their temporal dead zone and more of what these graphs are full of.
 */
import { expect } from 'chai';
import { transform } from 'esbuild';
import { compare, describeMismatch } from '../esm/compare';
import { randomGraph } from '../esm/random-graphs';

const graphs = Array.from({ length: 300 }, (_, index) => randomGraph(40_001 + index));

/** Names of functions and classes are not kept, and any string may be one. */
const withoutNames = (lines: readonly string[]): string => lines.join('\n').replace(/"[^"]*"/g, '""');

describe('minified random graphs', () => {
  it('are what they were, with short names and without spaces', async () => {
    const options = { minifyWhitespace: true, minifyIdentifiers: true };
    const { mismatches } = await compare(graphs, {
      pipe: (pack) => pack.pipe(pack.minify((code) => transform(code, options), { keepNames: false })),
    });
    expect(mismatches, 'graphs that tell names').to.have.lengthOf.at.least(50);
    const [first] = mismatches.filter(
      ({ native, bundled }) => withoutNames(native) !== withoutNames(bundled),
    );
    if (first) expect.fail(describeMismatch(first, first.program.seed));
  });
});
