import { type Use, use } from '../use';

/** Compilers and formatters: parsers of programs, styles, grammars and queries. */
export const languages: Use[] = [
  use('acorn', 'both')`
    const acorn = require('acorn');
    module.exports = import('acorn').then(({ parseExpressionAt, tokenizer }) => [
      acorn.parse('let a = b?.c;', { ecmaVersion: 2022 }).body[0].type,
      parseExpressionAt('1 + x', 0, { ecmaVersion: 'latest' }).operator,
      [...tokenizer('a => 1', { ecmaVersion: 6 })].map((token) => token.type.label),
    ]);
  `,
  use('esprima', 'require')`
    const { parseScript, tokenize } = require('esprima');
    module.exports = [parseScript('var x = 1').body[0].declarations[0].id.name, tokenize('a + 1').map(({ type }) => type)];
  `,
  use('@babel/parser', 'require')`
    const { parse, parseExpression } = require('@babel/parser');
    const { program } = parse('const a: number = <b/>;', { sourceType: 'module', plugins: ['jsx', 'typescript'] });
    module.exports = [program.body[0].declarations[0].init.type, parseExpression('a ?? b').operator];
  `,
  use('@babel/generator', 'require')`
    const generator = require('@babel/generator');
    const { parse } = require('@babel/parser');
    module.exports = generator.default(parse('function  f( a,b ){return a+b}'), { compact: false }).code;
  `,
  use('sucrase', 'require')`
    const { transform } = require('sucrase');
    module.exports = transform('export const a: number = <p>{b!}</p>;', { transforms: ['typescript', 'jsx', 'imports'], production: true }).code;
  `,
  use('terser', 'import()')`
    export default import('terser').then(({ minify }) => minify('function add(first, second) { return first + second; } console.log(add(1, 2));', { toplevel: true }))
      .then(({ code }) => code);
  `,
  use('magic-string', 'import')`
    import MagicString, { Bundle } from 'magic-string';
    const text = new MagicString('problems = 99', { filename: 'a.js' });
    text.update(0, 8, 'answer').prepend('var ').append(';');
    const bundle = new Bundle().addSource({ content: text });
    export default [bundle.toString(), text.generateMap({ hires: true }).mappings];
  `,
  use('postcss', 'require')`
    const postcss = require('postcss');
    const double = { postcssPlugin: 'double', Declaration: { width: (node) => { if (!node.done) { node.value = node.value + node.value; node.done = true; } } } };
    module.exports = postcss([double]).process('a { width: 1px } /* c */', { from: undefined }).then(({ css }) => css);
  `,
  use('postcss', 'import')`
    import postcss, { list, parse } from 'postcss';
    export default [parse('a{b:c}').first.selector, list.comma('1, f(2, 3)'), postcss.rule({ selector: 'p' }).toString()];
  `,
  use('css-tree', 'import')`
    import { generate, lexer, parse, walk } from 'css-tree';
    const ast = parse('.a { color : red; width: calc(1px + 2%) }');
    const seen = [];
    walk(ast, (node) => seen.push(node.type));
    export default [generate(ast), seen, lexer.matchProperty('color', 'nope').error.name];
  `,
  use('prettier', 'import')`
    import * as babel from 'prettier/plugins/babel';
    import estree from 'prettier/plugins/estree';
    import { format } from 'prettier/standalone';
    export default format('const {a,b}=c;if(a)b()', { parser: 'babel', plugins: [babel, estree], singleQuote: true });
  `,
  use('prettier', 'require')`
    const markdown = require('prettier/plugins/markdown');
    const { format } = require('prettier/standalone');
    module.exports = format('* a\\n* b\\n\\n\\n__c__', { parser: 'markdown', plugins: [markdown] });
  `,
  use('graphql', 'import')`
    import { buildSchema, graphql, parse, print } from 'graphql';
    const schema = buildSchema('type Query { hello(name: String!): String }');
    const source = '{ hello(name: "Ada") }';
    export default graphql({ schema, source, rootValue: { hello: ({ name }) => 'Hi ' + name } }).then(({ data }) => [{ ...data }, print(parse(source))]);
  `,
  use('graphql', 'require')`
    const { GraphQLObjectType, GraphQLInt, GraphQLSchema, printSchema, validate, parse } = require('graphql');
    const schema = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: { n: { type: GraphQLInt } } }) });
    module.exports = [printSchema(schema), validate(schema, parse('{ m }')).map(({ message }) => message)];
  `,
  use('chevrotain', 'import')`
    import { createToken, CstParser, Lexer } from 'chevrotain';
    const number = createToken({ name: 'Number', pattern: /[0-9]+/ });
    const plus = createToken({ name: 'Plus', pattern: /[+]/ });
    class Sum extends CstParser {
      constructor() {
        super([number, plus]);
        this.RULE('sum', () => this.AT_LEAST_ONE_SEP({ SEP: plus, DEF: () => this.CONSUME(number) }));
        this.performSelfAnalysis();
      }
    }
    const parser = new Sum();
    parser.input = new Lexer([number, plus]).tokenize('1+22+3').tokens;
    export default parser.sum().children.Number.map(({ image }) => Number(image));
  `,
  use('peggy', 'require')`
    const { generate } = require('peggy');
    module.exports = generate('sum = first:n rest:("+" @n)* { return rest.reduce((a, b) => a + b, first); }\\n n = d:[0-9]+ { return +d.join(""); }').parse('1+20+3');
  `,
  use('diff', 'import')`
    import { applyPatch, createPatch, diffWords } from 'diff';
    const patch = createPatch('file', 'a\\nb\\n', 'a\\nc\\n');
    export default [patch, applyPatch('a\\nb\\n', patch), diffWords('one two', 'one three')];
  `,
  use('diff', 'require')`
    const { diffChars, diffJson } = require('diff');
    module.exports = [diffChars('abc', 'adc'), diffJson({ a: 1 }, { a: 2 })];
  `,
  use('diff-match-patch', 'require')`
    const DiffMatchPatch = require('diff-match-patch');
    const engine = new DiffMatchPatch();
    module.exports = [engine.diff_main('good dog', 'bad dog'), engine.patch_toText(engine.patch_make('old text', 'new text'))];
  `,
];
