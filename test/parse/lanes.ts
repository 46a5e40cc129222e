/** How the tests of this folder run a source: through both engines, and asked by behaviour. */
import { expect } from 'chai';
import { refusalOf } from '../../lib/fs/validity';
import { parseEsprima } from '../../lib/parse/esprima';
import { type ParseOptions, type Parser, parseFacts } from '../../lib/parse/facts';
import { parseModern } from '../../lib/parse/modern';

export const esprima: Parser = (source, { module }) => {
  const program = parseEsprima(source, module);
  if (program === undefined) throw new Error('not for esprima');
  return program;
};

export const meriyah: Parser = (source, { module }) => parseModern(source, module);

export function factsOf(source: string, options: Partial<ParseOptions> = {}) {
  return parseFacts(source, {
    fileName: '/m.js',
    labels: ['js'],
    env: {},
    published: false,
    refusalOf,
    ...options,
  });
}

/** Facts of source both engines understand; fails when they differ. */
export function sameFacts(source: string, options: Partial<ParseOptions> = {}) {
  const facts = factsOf(source, options);
  expect(factsOf(source, { ...options, parser: esprima }), 'esprima').to.deep.equal(facts);
  expect(factsOf(source, { ...options, parser: meriyah }), 'meriyah').to.deep.equal(facts);
  const forced = `${source}\n/* a?.b */`;
  expect(factsOf(forced, options), 'with newer syntax in a comment').to.deep.equal(facts);
  return facts;
}

/** Each reference as `kind specifier <replaced text>`. */
export function referencesOf(source: string, options: Partial<ParseOptions> = {}): string[] {
  return sameFacts(source, options).references.map(
    ({ kind, specifier, start, end }) => `${kind} ${specifier} <${source.slice(start, end)}>`,
  );
}

/** The source with its replacements made. */
export function replacedIn(source: string, options: Partial<ParseOptions> = {}): string {
  const { replacements } = factsOf(source, options);
  return replacements.reduceRight(
    (text, { start, end, text: inserted }) => text.slice(0, start) + inserted + text.slice(end),
    source,
  );
}
