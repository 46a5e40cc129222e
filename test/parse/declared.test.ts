// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are sources.
import { expect } from 'chai';
import { factsOf, referencesOf, sameFacts } from './engines';

const table: [name: string, source: string, ...references: string[]][] = [
  ['a string', "a = './big' /*js*/", "declared ./big <'./big'>"],
  ['no white space', "a = './big'/*js*/", "declared ./big <'./big'>"],
  ['white space everywhere', "a = './big'\r\n\t/* \n js \t */", "declared ./big <'./big'>"],
  ['a comma between', "a(['./big', /*js*/ b])", "declared ./big <'./big'>"],
  ['a semicolon between', "a = './big'; /*js*/", "declared ./big <'./big'>"],
  ['white space before the comma', "a = ['./big' , /*js*/]", "declared ./big <'./big'>"],
  ['double quotes', 'a = "./big" /*js*/', 'declared ./big <"./big">'],
  ['a template', 'a = `./big` /*js*/', 'declared ./big <`./big`>'],
  ['a template with substitution', 'a = `./${b}` /*js*/'],
  ['a tagged template', 'a`./big` /*js*/'],
  ['escapes', "a = './\\u0062ig' /*js*/", "declared ./big <'./\\u0062ig'>"],
  ['array elements', "a(['./b' /*js*/, './c' /*js*/], d)", "declared ./b <'./b'>", "declared ./c <'./c'>"],
  ['default values', "function f(a = './big' /*js*/) {}", "declared ./big <'./big'>"],
  ['returned', "function f() { return './big' /*js*/ }", "declared ./big <'./big'>"],
  ['values of properties', "a = { './k' /*js*/ : './v' /*js*/ }", "declared ./v <'./v'>"],
  ['computed keys', "a = { ['./k' /*js*/]: 1 }", "declared ./k <'./k'>"],
  ['the end of a sum', "a = b + './big' /*js*/", "declared ./big <'./big'>"],
  ['a sum of strings', "a = './b' + 'ig' /*js*/", "declared ./big <'./b' + 'ig'>"],
  ['a template of literals', "a = `./${'b'}ig` /*js*/", "declared ./big <`./${'b'}ig`>"],
  ['directives', "'./big' /*js*/; function f() { './big'; /*js*/ }"],
  ['an expression statement after a directive', "a; './big' /*js*/", "declared ./big <'./big'>"],
  ['the same string elsewhere', "a('./big', './big' /*js*/, './big')", "declared ./big <'./big'>"],
  ['two commas', "a = ['./big',, /*js*/]"],
  ['a bracket between', "a(['./big'] /*js*/)"],
  ['another label', "a = './big' /*css*/; b = './big' /*jsx*/; c = './big' /* js css */"],
  ['a line comment', "a = './big' //js"],
  ['another comment before', "a = './big' /* x */ /*js*/"],
  ['a label before', "a = /*js*/ './big'"],
  ['look-alikes in comments', "// './big' /*js*/\n/* './big' *//*js*/"],
  ['look-alikes in strings', `a = "'./big' /*js*/"`],
  ['look-alikes in templates', "a = `'./big' /*js*/`"],
  ['look-alikes in regular expressions', "a = /'.\\/x' \\/*js*\\//"],
  ['regular expressions', 'a = /x/ /*js*/; b = 1 /*js*/; c = null /*js*/'],
  ['__dirname', "a = __dirname + '/big' /*js*/", "declared ./big <__dirname + '/big'>"],
  ['__dirname with a template', 'a = __dirname+`/big`/*js*/', 'declared ./big <__dirname+`/big`>'],
  ['__dirname and parent', "a = __dirname + '/../b', /*js*/ c", "declared ./../b <__dirname + '/../b'>"],
  [
    '__dirname in parentheses',
    "a = (__dirname + ('/big' /*js*/))",
    "declared ./big <__dirname + ('/big' /*js*/)>",
  ],
  ['__dirname without slash', "a = __dirname + 'big' /*js*/", "declared big <'big'>"],
  ['__dirname minus', "a = __dirname - '/big' /*js*/", "declared /big <'/big'>"],
  ['shadowed __dirname', "var __dirname; a = __dirname + '/big' /*js*/", "declared /big <'/big'>"],
  [
    'static beats dynamic',
    "require('./x' /*js*/); require('./y', /*js*/ a)",
    "require ./x <'./x'>",
    "require ./y <'./y'>",
  ],
  ['a shadowed require', "function f(require) { require('./x' /*js*/) }", "declared ./x <'./x'>"],
  ['a byte order mark', "\uFEFFa = './big' /*js*/", "declared ./big <'./big'>"],
  [
    'in an ES module',
    "import a from './a' /*js*/; export { b } from './b' /*js*/; a('./c' /*js*/)",
    "import ./a <'./a'>",
    "import ./b <'./b'>",
    "declared ./c <'./c'>",
  ],
];

describe('declared dynamic dependencies', () => {
  for (const [name, source, ...expected] of table) {
    it(name, () => expect(referencesOf(source)).to.deep.equal(expected));
  }

  it('are inside of import()', () => {
    expect(factsOf("import('./x' /*js*/)").references.map(({ kind }) => kind)).to.deep.equal(['import()']);
  });

  it('have any labels', () => {
    const source = "a = ['./a' /*js*/, './b' /* c++ */, './c' /*$1*/, './d' /*c+*/]";
    const labels = ['c++', '$1'];
    expect(referencesOf(source, { labels })).to.deep.equal(["declared ./b <'./b'>", "declared ./c <'./c'>"]);
  });

  it('need a label', () => expect(referencesOf("a = './a' /**/", { labels: [] })).to.deep.equal([]));

  it('keep __dirname out of the globals', () => {
    expect(sameFacts("a = __dirname + '/big' /*js*/").nodeGlobals).to.deep.equal([]);
    expect(sameFacts("a = __dirname + '/big' /*js*/; __dirname").nodeGlobals).to.deep.equal(['__dirname']);
  });

  it('take linear time to look for', () => {
    const source = `a = ['b'${' '.repeat(200_000)}, 'c'${'\n'.repeat(200_000)}] /*js*/`;
    expect(factsOf(source).references).to.deep.equal([]);
  }).timeout(2000);
});
