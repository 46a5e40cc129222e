import { type Use, use } from '../use';

/** Markdown, HTML, templates, highlighted code and formulas. */
export const markup: Use[] = [
  use('marked', 'import')`
    import { marked } from 'marked';
    export default marked.parse('# Hi\\n\\n- [x] **done**\\n- \`code\` <b>raw</b>');
  `,
  use('marked', 'require')`
    const { Marked } = require('marked');
    module.exports = new Marked({ breaks: true, gfm: true }).parse('one\\ntwo ~~three~~');
  `,
  use('marked', 'import()')`
    module.exports = import('marked').then(({ lexer }) => lexer('a *b*')[0].tokens.map(({ type }) => type));
  `,
  use('markdown-it', 'import')`
    import MarkdownIt from 'markdown-it';
    export default new MarkdownIt({ linkify: true, typographer: true }).render('"Quoted" -- see example.com\\n\\n|a|b|\\n|-|-|\\n|1|2|');
  `,
  use('markdown-it', 'require')`
    const MarkdownIt = require('markdown-it');
    const { escapeHtml } = new MarkdownIt().utils;
    module.exports = [escapeHtml('<a>'), new MarkdownIt().renderInline('a *b* &copy;')];
  `,
  use('unified', 'import')`
    import rehypeStringify from 'rehype-stringify';
    import remarkParse from 'remark-parse';
    import remarkRehype from 'remark-rehype';
    import { unified } from 'unified';
    const processor = unified().use(remarkParse).use(remarkRehype).use(rehypeStringify);
    export default processor.process('# Hello, *world*\\n\\n1. one\\n2. two').then(String);
  `,
  use('remark-parse', 'import()')`
    export default Promise.all([import('unified'), import('remark-parse')]).then(
      ([{ unified }, { default: remarkParse }]) => unified().use(remarkParse).parse('a **b**').children[0].children,
    );
  `,
  use('highlight.js', 'import')`
    import hljs from 'highlight.js/lib/core';
    import javascript from 'highlight.js/lib/languages/javascript';
    hljs.registerLanguage('javascript', javascript);
    export default hljs.highlight('const a = () => "b"; // c', { language: 'javascript' }).value;
  `,
  use('highlight.js', 'require')`
    const hljs = require('highlight.js');
    module.exports = [hljs.highlight('<p id="a">', { language: 'xml' }).value, hljs.listLanguages().length];
  `,
  use('prismjs', 'require')`
    const Prism = require('prismjs');
    require('prismjs/components/prism-python');
    module.exports = Prism.highlight('def f(x): return "y"', Prism.languages.python, 'python');
  `,
  use('handlebars', 'require')`
    const Handlebars = require('handlebars');
    Handlebars.registerHelper('loud', (text) => text.toUpperCase());
    module.exports = Handlebars.compile('{{#each list}}{{@index}}: {{loud name}}{{#unless @last}}, {{/unless}}{{/each}} {{html}}')({
      list: [{ name: 'a' }, { name: 'b' }],
      html: '<i>',
    });
  `,
  use('handlebars', 'import')`
    import Handlebars from 'handlebars/dist/cjs/handlebars.js';
    export default Handlebars.default.compile('{{#if on}}yes{{else}}no{{/if}}')({ on: false });
  `,
  use('mustache', 'import')`
    import Mustache from 'mustache';
    export default Mustache.render('{{#people}}{{name}};{{/people}}{{^none}}no{{/none}}{{{raw}}}', { people: [{ name: 'A&B' }], raw: '<b>' });
  `,
  use('mustache', 'require')`
    const Mustache = require('mustache');
    module.exports = Mustache.render('{{> item}}', { n: 1 }, { item: 'n = {{n}}' });
  `,
  use('ejs', 'require')`
    const ejs = require('ejs');
    module.exports = ejs.render('<% for (const n of list) { %><li><%= n %></li><% } %>', { list: [1, '<2>'] });
  `,
  use('nunjucks', 'require')`
    const nunjucks = require('nunjucks');
    module.exports = nunjucks.renderString('{% for n in list %}{{ loop.index }}={{ n | upper }} {% endfor %}', { list: ['a', 'b'] });
  `,
  use('pug-runtime', 'require')`
    const pug = require('pug-runtime');
    module.exports = [pug.attrs({ class: ['a', { b: true }], title: '"x"' }), pug.escape('<p>'), pug.style({ color: 'red' })];
  `,
  use('cheerio', 'import')`
    import * as cheerio from 'cheerio';
    const $ = cheerio.load('<ul><li class="a">One</li><li>Two</li></ul>');
    $('li').last().addClass('b').append(' <b>!</b>');
    export default [$('ul').html(), $('li.a').text(), $('li:nth-child(2)').attr('class')];
  `,
  use('cheerio', 'require')`
    const { load } = require('cheerio');
    module.exports = load('<a href="/x"><b/></a>', { xml: true }).xml();
  `,
  use('htmlparser2', 'import')`
    import { parseDocument, Parser } from 'htmlparser2';
    const seen = [];
    const parser = new Parser({ onopentag: (name, attributes) => seen.push([name, attributes]), ontext: (text) => seen.push(text) });
    parser.end('<p class=a>Hi&amp;<br>');
    export default [seen, parseDocument('<i><b>x</b></i>').children[0].children[0].name];
  `,
  use('parse5', 'import')`
    import { parseFragment, serialize } from 'parse5';
    export default serialize(parseFragment('<table><tr><td>1<td>2</table><p>a<p>b'));
  `,
  use('sanitize-html', 'require')`
    const sanitize = require('sanitize-html');
    module.exports = sanitize('<p onclick="x()">Hi <script>bad()</script><a href="javascript:x">a</a></p>', { allowedTags: ['p', 'a'] });
  `,
  use('katex', 'import')`
    import katex from 'katex';
    export default katex.renderToString('\\\\frac{a}{b}', { output: 'mathml' });
  `,
  use('katex', 'require')`
    const katex = require('katex');
    module.exports = katex.renderToString('x^2', { throwOnError: false });
  `,
  use('linkifyjs', 'import')`
    import { find, tokenize } from 'linkifyjs';
    export default [find('see example.com or me@example.org'), tokenize('a b.de').map((token) => token.t)];
  `,
];
