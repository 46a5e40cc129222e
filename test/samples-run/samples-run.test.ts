/**
 * What bundles do: each directory of `samples/<area>/` is bundled and run without a browser and in Chromium, and where its
 * configuration says so by Node as it is. Everywhere its modules must tell the same.
 */
import { expect } from 'chai';
import { type Site, startSite } from '../helpers/site';
import { build, buildInVain } from './build';
import { runInChromium, runInNode, runInVm } from './places';
import type { Outcome } from './recorder';
import { readSamples, type Sample } from './sample';

function expectOutcome(place: string, { results, uncaught }: Outcome, sample: Sample): void {
  const messages = sample.uncaught ?? [];
  expect(results, `${place}; not caught: ${uncaught.join()}`).to.deep.equal(sample.expected);
  expect(uncaught, place).to.have.length(messages.length);
  for (const [index, message] of messages.entries()) expect(uncaught[index], place).to.include(message);
}

async function expectRefusal(sample: Sample): Promise<void> {
  const { results, uncaught } = await runInNode(sample);
  expect(results).to.deep.equal([]);
  expect(uncaught).to.have.length(1);
}

async function run(sample: Sample, site: Site): Promise<void> {
  const packed = await build(sample);
  const [inNode, inVm, inChromium] = await Promise.all([
    sample.native && runInNode(sample),
    !sample.browserOnly && runInVm(sample, packed),
    runInChromium(sample, packed, site),
  ]);
  if (inNode) expectOutcome('Node', inNode, sample);
  if (inVm) expectOutcome('VM', inVm, sample);
  expectOutcome('Chromium', inChromium, sample);
}

describe('samples that run', () => {
  let site: Site;
  before(async () => {
    site = await startSite();
  });
  after(() => site.close());

  for (const [area, samples] of Object.entries(readSamples())) {
    describe(area, () => {
      for (const sample of samples) {
        const { name, describes, error, native } = sample;
        it(`${name}: ${describes}`, async () => {
          if (error === undefined) return run(sample, site);
          if (native) await expectRefusal(sample);
          return buildInVain(sample, error);
        });
      }
    });
  }
});
