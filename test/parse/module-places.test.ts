// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are sources.
/** What else rendering must find in ES modules: `import.meta`, `await` at the top, comments of HTML; and what a build cannot follow. */
import { expect } from 'chai';
import type { TopLevelAwait } from '../../lib/facts';
import { agreedFacts, factsOf, syntaxOf } from './engines';

const textAt = (source: string, { start, end }: { start: number; end: number }): string =>
  source.slice(start, end);

describe('import.meta', () => {
  const table: [source: string, ...metas: string[]][] = [
    ['import.meta', 'import.meta'],
    ['import . meta /* a */ . url', 'import . meta'],
    ['f(import.meta.url, import.meta)', 'import.meta', 'import.meta'],
    ['function f() { return () => import.meta?.env?.MODE }', 'import.meta'],
    ['import.meta.a = 1; import.meta.b++; delete import.meta.c', ...Array<string>(3).fill('import.meta')],
    ['function f() { new.target } import.meta', 'import.meta'],
    ['a.import.meta; "import.meta"; /import.meta/; `import.meta`; export {}'],
  ];
  for (const [source, ...metas] of table) {
    it(source, () => {
      const found = syntaxOf(source).metas.map((meta) => textAt(source, meta));
      expect(found).to.deep.equal(metas);
    });
  }
});

describe('await at the top level', () => {
  /** Sorted by place. */
  const awaitsOf = (source: string): TopLevelAwait[] =>
    syntaxOf(source).awaits.toSorted((a, b) => a.start - b.start || b.end - a.end);

  const table: [source: string, ...awaits: string[]][] = [
    ['await a', '; await a'],
    ['await /* a */ f(b) + 1', '; await /* a */ f(b)'],
    ['x = await a.b.c()', 'await a.b.c()'],
    [
      'await a; { await b } if (c) await d; else { await e }',
      '; await a',
      '; await b',
      'await d',
      '; await e',
    ],
    ['switch (await a) { case await b: await c }', 'await a', 'await b', '; await c'],
    ['await await a', '; await await a', 'await a'],
    ['await (await a).b', '; await (await a).b', 'await a'],
    ['f(await a, [await b], `${await c}`)', 'await a', 'await b', 'await c'],
    ['for (const a of await b) await c', 'await b', 'await c'],
    ['try { await a } catch { await b } finally { await c }', '; await a', '; await b', '; await c'],
    ['class A extends (await a) { [await b]() {} }', 'await a', 'await b'],
    ['export default await a', 'await a'],
    ['export const a = await b, { c = await d } = await e', 'await b', 'await d', 'await e'],
    ['async function f() { await a } async () => await b; export {}'],
    ['class A { async f() { await a; for await (a of b); } } export {}'],
    ['async function f(a = 1) {} ({ async *g() { yield await a } }); export {}'],
    ['await a\nawait b\n', '; await a', '; await b'],
    ['a.await; ({ await: 1 }); export {}'],
  ];
  for (const [source, ...awaits] of table) {
    it(source.replaceAll('\n', '⏎'), () => {
      const found = awaitsOf(source).map(
        (each) => (each.form === 'await' && each.isStatement ? '; ' : '') + textAt(source, each),
      );
      expect(found).to.deep.equal(awaits);
    });
  }

  /** The parts of the only loop: labels, target, iterable, body and what declares. */
  function partsOf(source: string) {
    const [loop, ...others] = awaitsOf(source).filter((each) => each.form === 'for');
    expect(others).to.deep.equal([]);
    if (loop === undefined) throw new Error(`no loop: ${source}`);
    return {
      labels: source.slice(loop.labelled, loop.start).trim(),
      left: textAt(source, loop.left),
      right: textAt(source, loop.right),
      body: source.slice(loop.bodyStart, loop.end),
      declares: loop.declares,
    };
  }

  const loops: [
    source: string,
    labels: string,
    left: string,
    right: string,
    body: string,
    declares: boolean,
  ][] = [
    ['for await (const a of b) c(a);', '', 'const a', 'b', 'c(a);', true],
    ['for await (let { a, b: [c] } of await d()) {}', '', 'let { a, b: [c] }', 'await d()', '{}', true],
    ['for await (var a of (b, c)) for (;;) break;', '', 'var a', 'b, c', 'for (;;) break;', true],
    ['let a; for await (a of b) { f() }', '', 'a', 'b', '{ f() }', false],
    ['for await (a.b of c);', '', 'a.b', 'c', ';', false],
    ['for await ([a, b = 1] of c);', '', '[a, b = 1]', 'c', ';', false],
    ['for await (async of []);', '', 'async', '[]', ';', false],
    ['x: for await (const a of b) continue x;', 'x:', 'const a', 'b', 'continue x;', true],
    [
      'x: /* a */ y:\nfor await (const a of b) { break y }',
      'x: /* a */ y:',
      'const a',
      'b',
      '{ break y }',
      true,
    ],
    ['{ x: for await (const a of b); }', 'x:', 'const a', 'b', ';', true],
    ['x: { for await (const a of b) break x; }', '', 'const a', 'b', 'break x;', true],
    ['if (c) for await (const a of b) d()', '', 'const a', 'b', 'd()', true],
    ['for await(const a of[1])f(a)', '', 'const a', '[1]', 'f(a)', true],
  ];
  for (const [source, labels, left, right, body, declares] of loops) {
    it(source.replaceAll('\n', '⏎'), () => {
      const parts = partsOf(source);
      // Whether the parentheses around a sequence are part of it is nobody's business.
      expect({ ...parts, right: parts.right.replace(/^\((.*)\)$/, '$1') }).to.deep.equal({
        labels,
        left,
        right,
        body,
        declares,
      });
    });
  }

  it('makes an ES module of what could be a script otherwise', () => {
    expect(factsOf('await (a)').syntax).to.equal(undefined);
    expect(factsOf('await (a)', { type: 'module' }).syntax?.awaits).to.have.length(1);
    expect(agreedFacts('var await; await').syntax).to.equal(undefined);
  });
});

describe('comments of HTML in ES modules', () => {
  /** `@` stands between `<` and `!`. */
  const table = [
    'export {}; a <@!--b;',
    'export {}; a<@!--b + c<@!--d',
    'export {}; f(a<@!--b, c)',
    'export {}; a < !--b; a <! --b; a<!(--b)',
    'export {}; "<!--"; `<!--`; /<!--/; // <!--',
    'export {}; a << !--b',
  ];
  for (const marked of table) {
    it(marked, () => {
      const offsets = [...marked.matchAll(/@/g)].map(({ index }, count) => index - count);
      const { comments } = syntaxOf(marked.replaceAll('@', ''));
      expect(comments.toSorted((a, b) => a - b)).to.deep.equal(offsets);
    });
  }
});

describe('concerns', () => {
  const table: [source: string, ...concerns: string[]][] = [
    ["import('a'); import(`b`)"],
    ['import(a)', 'import() of an expression 0'],
    ["f(import('.' + a))", 'import() of an expression 2'],
    ['import(`./${a}.js`)', 'import() of an expression 0'],
    ["import(a ? 'b' : 'c')", 'import() of an expression 0'],
    ["new URL('./a.png', import.meta.url)", 'new URL() 0'],
    ['f(new URL(`./a`, import.meta.url).href)', 'new URL() 2'],
    ["new URL('./a', location.href); new URL('https://a.b'); new URL(a, import.meta.url)"],
    [
      "new Worker(new URL('./a.js', import.meta.url)); new Worker(new URL(a, import.meta.url)); import(b)",
      'worker of a module 48',
      'import() of an expression 89',
    ],
    ["if (false) { import(a); new URL('./a', import.meta.url) }"],
    ["process.env.A === 'b' && import(a)"],
  ];
  for (const [source, ...concerns] of table) {
    it(source, () => {
      const found = agreedFacts(source, { env: { A: 'a' } }).concerns;
      expect(
        found.toSorted((a, b) => a.start - b.start).map(({ kind, start }) => `${kind} ${start}`),
      ).to.deep.equal(concerns);
    });
  }

  it('are given in source order', () => {
    const starts = agreedFacts(
      "import(a); f(import(b), new URL('c', import.meta.url)); import(d)",
    ).concerns.map(({ start }) => start);
    expect(starts).to.deep.equal(starts.toSorted((a, b) => a - b));
  });
});

describe('dead branches of ES modules', () => {
  const is = "process.env.NODE_ENV === 'production'";
  const isNot = "process.env.NODE_ENV !== 'production'";
  const env = { NODE_ENV: 'production' };
  /** References that must not be found are called `no`. */
  const table = [
    `import 'yes'; if (${is}) import('yes'); else import('no');`,
    `export const a = ${isNot} ? import('no') : import('yes');`,
    `export default ${isNot} && require('no');`,
    `export default ${is} ? require('yes') : require('no'); export * from 'yes';`,
    `import a from 'yes'; if (${isNot}) { require('no'); a(await import('no')) }`,
    `import { process } from 'yes'; if (${isNot}) import('yes');`,
    `export {}; ${is} || (await import('no'));`,
  ];
  for (const source of table) {
    it(source, () => {
      const { references, syntax } = agreedFacts(source, { env });
      expect(references.map(({ specifier }) => specifier)).to.deep.equal(
        source.match(/(?<=')yes(?=')/g) ?? [],
      );
      const requested = syntax?.requests.map((index) => references[index]?.kind);
      expect(requested).to.deep.equal(requested?.map(() => 'import'));
    });
  }

  it('still use imports, which stay in the text', () => {
    const source = "import a from 'b'; if (false) { a(); b = import.meta; }";
    const { uses, metas } = syntaxOf(source);
    expect([uses.length, metas.length]).to.deep.equal([1, 1]);
  });

  it('use no names of CommonJS', () => {
    const use = "if (process.env.NODE_ENV !== 'production' && module.hot) { require; exports.a = 1; }";
    const namesIn = (source: string) => syntaxOf(source, { env: { NODE_ENV: 'production' } }).commonNames;
    expect(namesIn(`import a from 'b'; ${use}`)).to.deep.equal([]);
    expect(namesIn(`import a from 'b'; ${use} module.id;`)).to.deep.equal(['module']);
    expect(syntaxOf(`import a from 'b'; ${use}`).commonNames).to.deep.equal(['exports', 'module', 'require']);
  });

  it('have replacements around them that overlap no use', () => {
    const source = `import a from 'b'; export const c = [a(process.env.NODE_ENV), ${is} && a, process.env.NODE_ENV];`;
    const { replacements, syntax } = agreedFacts(source, { env });
    const ranges = [...replacements, ...(syntax?.uses ?? [])].sort((x, y) => x.start - y.start);
    expect(ranges).to.have.length(5);
    for (const [index, { start }] of ranges.entries()) {
      expect(start).to.be.at.least(ranges[index - 1]?.end ?? 0);
    }
  });
});

describe('workers that modules start', () => {
  const table: [name: string, source: string, ...references: string[]][] = [
    [
      'workers',
      "new Worker(new URL('./w.js', import.meta.url), a); new window.SharedWorker(new URL('w%20x.js?q', import.meta.url)); new Worker(import.meta.url)",
      "new Worker() ./w.js <new URL('./w.js', import.meta.url)>",
      "new Worker() w x.js?q <new URL('w%20x.js?q', import.meta.url)>",
      'new Worker()  <import.meta.url>',
    ],
    [
      'workers that are none of the sources',
      "new Worker(new URL('/w.js', import.meta.url)); new Worker(new URL('https://a.b/w.js', import.meta.url)); new Worker('./w.js'); new a.Worker(new URL('./w.js', import.meta.url)); new Worker(/* webpackIgnore: true */ new URL('./w.js', import.meta.url))",
      "new URL() ./w.js <'./w.js'>",
    ],
    [
      'workers that the source declares',
      "import { Worker } from 'a'; new Worker(new URL('./w.js', import.meta.url)); function f(self) { new self.Worker(import.meta.url) }",
      "import a <'a'>",
      "new URL() ./w.js <'./w.js'>",
    ],
  ];
  for (const [name, source, ...references] of table)
    it(name, () => {
      const found = agreedFacts(source).references.map(
        ({ kind, specifier, start, end }) => `${kind} ${specifier} <${source.slice(start, end)}>`,
      );
      expect(found).to.deep.equal(references);
    });

  it('say where what their constructor is given ends', () => {
    const source = "f(new Worker(new URL('./w.js', import.meta.url), { name: 'a', } /* b */ , ));";
    const [reference] = agreedFacts(source).references;
    expect(source.slice(0, reference?.argumentsEnd)).to.equal(source.slice(0, -3));
  });
});
