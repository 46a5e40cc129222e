/** The samples that run do the same when they are minified, in a page without a browser and in Chromium. */
import { expect } from 'chai';
import { type Site, startSite } from '../helpers/site';
import { build } from '../samples-run/build';
import { runInChromium, runInVm } from '../samples-run/places';
import type { Outcome } from '../samples-run/recorder';
import { readSamples, type Sample } from '../samples-run/sample';

/** These tell names of functions or classes, which are not kept. */
const TELL_NAMES = new Set([
  'await/places',
  'bindings/global-names',
  'bindings/new-of-imports',
  'bindings/temporal-dead-zone',
  'exports/declarations',
  'exports/default-forms',
  'exports/function-names',
  'interop/primitive-exports',
  'language/top-level-this',
]);

const withoutNames = (results: unknown): unknown =>
  JSON.parse(JSON.stringify(results, (_, value) => (typeof value === 'string' ? 'text' : value)));

function expectOutcome({ results, uncaught }: Outcome, sample: Sample): void {
  const { name, expected } = sample;
  if (TELL_NAMES.has(name)) {
    expect(results, 'names').to.not.deep.equal(expected);
    expect(withoutNames(results)).to.deep.equal(withoutNames(expected));
  } else expect(results, uncaught.join()).to.deep.equal(expected);
  expect(uncaught).to.have.length(sample.uncaught?.length ?? 0);
}

async function run(sample: Sample, site: Site): Promise<void> {
  const packed = await build(sample, (pack) => pack.pipe(pack.minify()));
  const [inVm, inChromium] = await Promise.all([
    !sample.browserOnly && runInVm(sample, packed),
    runInChromium(sample, packed, site),
  ]);
  if (inVm) expectOutcome(inVm, sample);
  expectOutcome(inChromium, sample);
}

describe('minified samples', () => {
  let site: Site;
  before(async () => {
    site = await startSite();
  });
  after(() => site.close());

  for (const samples of Object.values(readSamples())) {
    for (const sample of samples.filter(({ error }) => error === undefined)) {
      it(`${sample.name}: ${sample.describes}`, () => run(sample, site));
    }
  }
});
