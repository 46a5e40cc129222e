/** A build accepts a module if V8 accepts it as what it is, and what it accepts is a script that Chromium accepts. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { DynapackError } from '../../lib/errors';
import { Dice } from '../esm/dice';
import { launch } from '../helpers/chromium';
import { FRAGMENTS, MODULES } from './early-errors';
import { randomFragments } from './random-fragments';
import { refusalsOf, type Source, verdictOf } from './verdicts';

/** An ES module of the fragment, by what stands before or behind it. */
const asModule = (fragment: string, index: number): string =>
  index % 2 === 0 ? `export {};\n${fragment}` : `import { z } from 'z';\n${fragment}\nexport { q } from 'q'`;

/** The project's own, and published; by its syntax alone, and by its name. */
const inBothPlaces = (text: string, index: number): Source[] =>
  [false, true].map((published) => ({ text, module: index % 3 === 0, published }));

/** Where V8 differs from the language, and the build does not: it takes calls for targets of assignments. */
const isCallTarget = ({ message }: DynapackError): boolean =>
  /left-hand side|increment\/decrement/.test(message);

/** Newer engines import sources of modules, which bundles do not have. */
const isSource = ({ code, message }: DynapackError): boolean =>
  code === 'UNSUPPORTED_SYNTAX' && /'import[ .]source/.test(message);

/** Expects that the build says of each source what V8 says. @returns what it gives for those that are accepted */
function compare(sources: readonly Source[], refusals: readonly (string | null)[]): string[] {
  const accepted: string[] = [];
  sources.forEach((source, index) => {
    const verdict = verdictOf(source);
    const where = `${JSON.stringify(source)}\nV8: ${refusals[index]}`;
    if ('text' in verdict) {
      expect(refusals[index], where).to.equal(null);
      accepted.push(verdict.text);
    } else if (refusals[index] === null && !isCallTarget(verdict.error) && !isSource(verdict.error)) {
      expect.fail(`${where}\n${verdict.error}`);
    } else expect(verdict.error.lineNumber, where).to.be.a('number');
  });
  return accepted;
}

const modules = [...FRAGMENTS.map(asModule), ...MODULES];

describe('early errors', () => {
  let page: Page;
  before(async () => {
    page = await (await launch()).newPage();
  });
  after(() => page.close());

  /** Why Chromium refuses some of them. */
  const chromiumRefusals = (expressions: readonly string[]): Promise<string[]> =>
    page.evaluate(
      (texts) =>
        texts.flatMap((text) => {
          try {
            new Function(`return {${text}}`);
            return [];
          } catch (error) {
            return [`${error}: ${text}`];
          }
        }),
      [...expressions],
    );

  it('of ES modules', async () => {
    const sources = modules.flatMap(inBothPlaces);
    const refusals = refusalsOf(modules.map((text) => ({ text, module: true })));
    const accepted = compare(
      sources,
      refusals.flatMap((refusal) => [refusal, refusal]),
    );
    expect(accepted.length).to.be.above(100);
    expect(await chromiumRefusals(accepted)).to.deep.equal([]);
  }).timeout(60_000);

  it('of scripts', async () => {
    // These are ES modules by their syntax.
    const scripts = FRAGMENTS.filter((text) => !/\bimport\.|\b(?:im|ex)port\b(?! ?\()|for await/.test(text));
    const sources = scripts.flatMap((text) =>
      [false, true].map((published) => ({ text, module: false, published })),
    );
    const accepted = compare(sources, refusalsOf(sources));
    expect(accepted.length).to.be.above(100);
    expect(await chromiumRefusals(accepted)).to.deep.equal([]);
  }).timeout(60_000);

  it('of random programs', async () => {
    const { SEED } = process.env;
    const start = Number(SEED ?? 1);
    const programs = Array.from({ length: SEED === undefined ? 700 : 1 }, (_, index) => ({
      text: randomFragments(new Dice(start + index)),
      module: true,
    }));
    const refusals = refusalsOf(programs);
    const both = [false, true].flatMap((published) => programs.map((each) => ({ ...each, published })));
    const accepted = compare(both, [...refusals, ...refusals]);
    if (SEED === undefined) expect(accepted.length).to.be.above(150);
    expect(await chromiumRefusals(accepted)).to.deep.equal([]);
  }).timeout(60_000);
});
