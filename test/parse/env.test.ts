// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are sources.
import { expect } from 'chai';
import { factsOf, replacedIn, sameFacts } from './engines';

const env = { NODE_ENV: 'production', EMPTY: '' };

describe('process.env', () => {
  const replaced: [source: string, result: string][] = [
    ['a = process.env.NODE_ENV', 'a = "production"'],
    ["a = process['env'][`NODE_ENV`]", 'a = "production"'],
    ['a = (process.env).NODE_ENV.length', 'a = "production".length'],
    ['a = `${process.env.NODE_ENV}${process.env.EMPTY}`', 'a = `${"production"}${""}`'],
    ['a = { b: process.env.NODE_ENV, [process.env.EMPTY]: 1 }', 'a = { b: "production", [""]: 1 }'],
    ['process.env.NODE_ENV = process.env.NODE_ENV', 'process.env.NODE_ENV = "production"'],
    ['a = globalThis.process.env.NODE_ENV', 'a = "production"'],
    ["a = global.process['env'].NODE_ENV; global", 'a = "production"; global'],
  ];
  for (const [source, result] of replaced) {
    it(source, () => {
      sameFacts(source, { env });
      expect(replacedIn(source, { env })).to.equal(result);
    });
  }

  const untouched = [
    'process.env.OTHER',
    'process.env.toString()',
    'process.env[NODE_ENV]',
    'process.env',
    'a.process.env.NODE_ENV',
    'process.envs.NODE_ENV',
    'process.env.NODE_ENV = 1',
    'process.env.NODE_ENV += 1',
    'process.env.NODE_ENV++',
    'delete process.env.NODE_ENV',
    '[process.env.NODE_ENV] = a',
    '[process.env.NODE_ENV = 1, ...process.env.EMPTY] = a',
    '({ a: process.env.NODE_ENV, b: process.env.EMPTY = 1 } = c)',
    'for (process.env.NODE_ENV in a);',
    'for (process.env.NODE_ENV of a);',
    'function f(process) { process.env.NODE_ENV }',
    'var process; process.env.NODE_ENV',
    'function f(globalThis, global) { globalThis.process.env.NODE_ENV; global.process.env.NODE_ENV }',
    'globalThis.process.env.OTHER; globalThis.process.env; globalThis.process; a.globalThis.process.env.NODE_ENV',
    'self.process.env.NODE_ENV; globalThis[process].env.NODE_ENV; globalThis.process.env.NODE_ENV = 1',
  ];
  for (const source of untouched) {
    it(`untouched: ${source}`, () => expect(sameFacts(source, { env }).replacements).to.deep.equal([]));
  }

  it('optional chains', () => {
    expect(replacedIn('a = process?.env?.NODE_ENV', { env })).to.equal('a = "production"');
    expect(replacedIn('a = process.env?.NODE_ENV.length', { env })).to.equal('a = "production".length');
    expect(replacedIn('a = globalThis.process?.env?.NODE_ENV', { env })).to.equal('a = "production"');
    expect(replacedIn('a = globalThis?.process.env.NODE_ENV', { env })).to.equal('a = "production"');
    expect(replacedIn('delete process.env?.NODE_ENV', { env })).to.equal('delete process.env?.NODE_ENV');
  });

  it('gives literals that old browsers read', () => {
    expect(replacedIn('process.env.A', { env: { A: '"\u2028\n' } })).to.equal('"\\"\\u2028\\n"');
  });

  it('needs no process when every use is replaced', () => {
    expect(sameFacts('process.env.NODE_ENV', { env }).nodeGlobals).to.deep.equal([]);
    expect(sameFacts('process.env.NODE_ENV; process', { env }).nodeGlobals).to.deep.equal(['process']);
    expect(sameFacts('process.env.OTHER', { env }).nodeGlobals).to.deep.equal(['process']);
  });
});

describe('dead branches', () => {
  const is = "process.env.NODE_ENV === 'production'";
  const isNot = "process.env.NODE_ENV !== 'production'";
  /** `require('yes')` is live, `require('no')` is not. */
  const table = [
    `if (${is}) { require('yes') } else { require('no') }`,
    `if (${isNot}) require('no'); else require('yes')`,
    `if (${isNot}) { require('no') } require('yes')`,
    `if ('production' != process.env.NODE_ENV) require('no'); else if (a) require('yes')`,
    `${isNot} && (function () { require('no') })()`,
    `${isNot} || require('yes')`,
    `${is} || require('no'); ${is} && require('yes')`,
    `a = ${is} ? require('yes') : require('no')`,
    `module.exports = require(${is} ? 'yes' : 'no')`,
    `if (!(${is})) require('no')`,
    `if (a && ${isNot}) require('no')`,
    `if (a || ${isNot}) require('yes')`,
    `if (a || ${is}) require('yes'); else require('no')`,
    `if (${isNot} && a && b) require('no')`,
    `if (${is} && a) require('yes'); else require('yes')`,
    `if ((${is} ? 'a' : 'b') === 'b') require('no')`,
    `if (process.env.EMPTY) require('no')`,
    `if (process.env.NODE_ENV == 1) require('yes')`,
    `if (process.env.NODE_ENV < 'q') require('yes'); else require('no')`,
    `if ('q' < process.env.NODE_ENV || 'q' < 'p') require('no')`,
    `if (process.env.EMPTY < 1 || true === process.env.NODE_ENV > 'a') require('yes')`,
    `a && ${isNot} && require('no') || require('yes')`,
    `a = b || ${isNot} && require('no'); c || ${is} || require('no')`,
    `if (process.env.OTHER === 'x') require('yes'); else require('yes')`,
    `if (require('yes') && false) require('no')`,
    `if (false) require('no'); if (!0) require('yes'); if (!1) require('no'); if (null) require('no')`,
    `if ('a' === 'b') require('no'); if ('a' == 'b') require('no')`,
    `if (typeof process === 'undefined') require('yes')`,
    `if (a === b === c) require('yes')`,
    `function f(process) { if (${isNot}) require('yes') }`,
    `if (false) { if (true) require('no'); else require('no') }`,
    `if (false) { a = './no' /*js*/ } else a = 'yes' /*js*/`,
    `while (false) require('yes')`,
  ];
  for (const source of table) {
    it(source, () => {
      const specifiers = sameFacts(source, { env }).references.map(({ specifier }) => specifier);
      expect(specifiers).to.deep.equal(source.match(/'yes'/g)?.map(() => 'yes') ?? []);
    });
  }

  it('fold ??', () => {
    const source = "(process.env.EMPTY ?? require('no')); (null ?? require('yes')); (a ?? require('yes'))";
    expect(factsOf(source, { env }).references.map(({ specifier }) => specifier)).to.deep.equal([
      'yes',
      'yes',
    ]);
  });

  it('still declare', () => {
    expect(sameFacts("if (false) { var require } require('a')").references).to.deep.equal([]);
  });

  it('are not rewritten and need no globals', () => {
    const facts = sameFacts('if (false) { process.env.NODE_ENV; Buffer; global } __dirname', { env });
    expect(facts.replacements).to.deep.equal([]);
    expect(facts.nodeGlobals).to.deep.equal(['__dirname']);
  });

  it('have tests that are rewritten', () => {
    expect(replacedIn(`if (${isNot}) a()`, { env })).to.equal(`if ("production" !== 'production') a()`);
  });
});
