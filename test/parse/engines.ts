/** How the tests of this folder run a source: through both engines, and asked by behaviour. */
import { expect } from 'chai';
import type { ModuleFacts, ModuleSyntax } from '../../lib/facts';
import { isAccepted, refusalOf } from '../../lib/fs/validity';
import { looksLikeModule } from '../../lib/parse/gate';
import { type ParseOptions, type Parser, parseFacts } from '../../lib/parse/parse';
import { parseEsprima } from '../../lib/parse/tree/esprima';
import { parseModern } from '../../lib/parse/tree/modern';
import { esprimaModule } from './esprima-modules';

export const esprima: Parser = (source, { module }) => {
  const program = module ? esprimaModule(source) : parseEsprima(source);
  if (program === undefined) throw new Error('not for esprima');
  return program;
};

export const meriyah: Parser = (source, { module }) => parseModern(source, module);

/** Of parts, tokens may tell less: a word that is called like one counts as a use, whatever it means. */
export function withoutParts({ syntax, ...rest }: ModuleFacts): ModuleFacts {
  const { parts: _, ...others } = syntax ?? {};
  return { ...rest, syntax: syntax && (others as ModuleSyntax) };
}

/** What a module declares at its top level besides imports, in parts and elsewhere, sorted; `undefined` where facts do not tell. */
export function topNames({ syntax }: ModuleFacts): string[] | undefined {
  const { list, others } = syntax?.parts ?? {};
  if (list === undefined || others === undefined) return undefined;
  const names = new Set([...others, ...list.flatMap((part) => part.names)]);
  names.delete('');
  return [...names].sort();
}

export const factsOf = (source: string, options: Partial<ParseOptions> = {}): ModuleFacts =>
  withoutParts(wholeFactsOf(source, options));

export function wholeFactsOf(source: string, options: Partial<ParseOptions> = {}): ModuleFacts {
  return parseFacts(source, {
    fileName: '/m.js',
    labels: ['js'],
    env: {},
    published: false,
    type: undefined,
    refusalOf,
    isAccepted,
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

/** Facts of source that is too new for one of the engines, or not; fails when those that read it differ. */
export function agreedFacts(source: string, options: Partial<ParseOptions> = {}): ModuleFacts {
  const facts = factsOf(source, options);
  expect(factsOf(source, { ...options, parser: meriyah }), 'meriyah').to.deep.equal(facts);
  if (looksLikeModule(source)) {
    expect(factsOf(source, { ...options, published: true }), 'published').to.deep.equal(facts);
  }
  if (esprimaModule(source) ?? parseEsprima(source)) {
    expect(factsOf(source, { ...options, parser: esprima }), 'esprima').to.deep.equal(facts);
  }
  return facts;
}

/** What a source that is an ES module says. */
export function syntaxOf(source: string, options: Partial<ParseOptions> = {}): ModuleSyntax {
  const { syntax } = agreedFacts(source, options);
  if (syntax === undefined) throw new Error(`no ES module: ${source}`);
  return syntax;
}

/** Each reference as `kind specifier <replaced text>`. */
export function referencesOf(source: string, options: Partial<ParseOptions> = {}): string[] {
  return sameFacts(source, options).references.map(
    ({ kind, specifier, start, end }) => `${kind} ${specifier} <${source.slice(start, end)}>`,
  );
}

/** Where the first construct stands that only an ES module may contain; `undefined` for CommonJS. */
export function moduleStart({ syntax }: ModuleFacts): number | undefined {
  if (syntax === undefined) return undefined;
  const { declarations, metas, awaits } = syntax;
  return Math.min(...[...declarations, ...metas, ...awaits].map(({ start }) => start));
}

/** The source with its replacements made. */
export function replacedIn(source: string, options: Partial<ParseOptions> = {}): string {
  const { replacements } = factsOf(source, options);
  return replacements.reduceRight(
    (text, { start, end, text: inserted }) => text.slice(0, start) + inserted + text.slice(end),
    source,
  );
}
