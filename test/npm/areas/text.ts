import { type Use, use } from '../use';

/** Languages of people, search, and what editors are made of. */
export const text: Use[] = [
  use('i18next', 'import')`
    import i18next, { createInstance } from 'i18next';
    const translator = createInstance();
    const words = { cat_one: '{{count}} cat', cat_other: '{{count}} cats', hi: 'Hi $t(cat, {"count": 1})' };
    const ready = translator.init({ lng: 'en', resources: { en: { translation: words } } });
    export default ready.then((t) => [t('cat', { count: 3 }), t('hi'), typeof i18next.t]);
  `,
  use('i18next', 'require')`
    const i18next = require('i18next');
    module.exports = i18next.createInstance({ lng: 'de', resources: { de: { translation: { a: { b: 'Wert' } } } } }).init().then((t) => t('a.b'));
  `,
  use('intl-messageformat', 'import')`
    import { IntlMessageFormat } from 'intl-messageformat';
    const message = '{n, plural, =0 {none} one {# item} other {# items}} for {name}';
    export default [0, 1, 1200].map((n) => new IntlMessageFormat(message, 'en').format({ n, name: 'Ada' }));
  `,
  use('@formatjs/icu-messageformat-parser', 'import')`
    import { parse } from '@formatjs/icu-messageformat-parser';
    export default parse('Hello <b>{name}</b>, {d, date, short}', { captureLocation: false });
  `,
  use('react-intl', 'import')`
    import { createElement } from 'react';
    import { renderToStaticMarkup } from 'react-dom/server';
    import { FormattedMessage, IntlProvider } from 'react-intl';
    const message = createElement(FormattedMessage, { id: 'a', values: { n: 2 } });
    export default renderToStaticMarkup(createElement(IntlProvider, { locale: 'en', messages: { a: '{n, plural, one {# day} other {# days}}' } }, message));
  `,
  use('fuse.js', 'import')`
    import Fuse from 'fuse.js';
    const books = [{ title: 'Old Man\\'s War' }, { title: 'The Lock Artist' }, { title: 'War and Peace' }];
    export default new Fuse(books, { keys: ['title'], includeScore: false }).search('waar');
  `,
  use('fuse.js', 'require')`
    const Fuse = require('fuse.js');
    module.exports = new (Fuse.default ?? Fuse)(['apple', 'maple'], { includeMatches: true }).search('aple');
  `,
  use('lunr', 'require')`
    const lunr = require('lunr');
    const index = lunr(function () {
      this.ref('id');
      this.field('text');
      [{ id: 'a', text: 'foxes are running' }, { id: 'b', text: 'a sleeping dog' }].forEach((document) => this.add(document));
    });
    module.exports = index.search('run dog^2').map(({ ref }) => ref);
  `,
  use('minisearch', 'import')`
    import MiniSearch from 'minisearch';
    const search = new MiniSearch({ fields: ['text'], storeFields: ['id'] });
    search.addAll([{ id: 1, text: 'zen and the art' }, { id: 2, text: 'art of motorcycle' }]);
    export default [search.search('motor', { prefix: true }).map(({ id }) => id), search.autoSuggest('ar')[0].suggestion];
  `,
  use('minisearch', 'require')`
    const MiniSearch = require('minisearch');
    module.exports = MiniSearch.getDefault('tokenize')('two words');
  `,
  use('match-sorter', 'import')`
    import { matchSorter, rankings } from 'match-sorter';
    export default [matchSorter(['hi', 'hey', 'hello', 'sup'], 'h'), rankings.EQUAL];
  `,
  use('prosemirror-model', 'import')`
    import { Node, Schema } from 'prosemirror-model';
    const schema = new Schema({ nodes: { doc: { content: 'p+' }, p: { content: 'text*' }, text: {} }, marks: { em: {} } });
    const document = schema.node('doc', null, [schema.node('p', null, [schema.text('hi', [schema.mark('em')])])]);
    export default [String(document), Node.fromJSON(schema, document.toJSON()).eq(document)];
  `,
  use('prosemirror-state', 'import')`
    import { schema } from 'prosemirror-schema-basic';
    import { EditorState, TextSelection } from 'prosemirror-state';
    let state = EditorState.create({ schema, doc: schema.node('doc', null, [schema.node('paragraph', null, [schema.text('hello')])]) });
    state = state.apply(state.tr.insertText('!', 6));
    state = state.apply(state.tr.setSelection(TextSelection.create(state.doc, 2)));
    export default [state.doc.textContent, state.selection.toJSON()];
  `,
  use('prosemirror-schema-basic', 'require')`
    const { schema } = require('prosemirror-schema-basic');
    module.exports = [Object.keys(schema.nodes), Object.keys(schema.marks)];
  `,
  use('@codemirror/state', 'import')`
    import { EditorSelection, EditorState, StateField, Text } from '@codemirror/state';
    const edits = StateField.define({ create: () => 0, update: (count, { docChanged }) => count + (docChanged ? 1 : 0) });
    const start = EditorState.create({ doc: 'one\\ntwo', extensions: [edits], selection: EditorSelection.single(3) });
    const { state } = start.update({ changes: { from: 0, insert: '> ' } });
    export default [state.doc.toString(), state.field(edits), state.selection.main.head, Text.of(['a', 'b']).lines];
  `,
  use('@codemirror/lang-javascript', 'import')`
    import { javascriptLanguage } from '@codemirror/lang-javascript';
    export default String(javascriptLanguage.parser.parse('let x = f(1) ?? [];'));
  `,
  use('slate', 'import')`
    import { createEditor, Editor, Node, Transforms } from 'slate';
    const editor = createEditor();
    editor.children = [{ type: 'p', children: [{ text: 'one' }] }];
    Transforms.insertText(editor, ' two', { at: Editor.end(editor, []) });
    export default [editor.children, Node.string(editor)];
  `,
  use('quill-delta', 'require')`
    const Delta = require('quill-delta');
    const before = new (Delta.default ?? Delta)([{ insert: 'Gandalf', attributes: { bold: true } }]);
    module.exports = before.compose(new before.constructor().retain(3).insert('!').delete(2));
  `,
  use('yjs', 'import')`
    import * as Y from 'yjs';
    const [one, two] = [new Y.Doc(), new Y.Doc()];
    one.getText('t').insert(0, 'shared');
    one.getMap('m').set('k', [1, 2]);
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
    two.getText('t').insert(6, '!');
    export default two.toJSON();
  `,
  use('fast-json-patch', 'require')`
    const { applyPatch, compare } = require('fast-json-patch');
    const patch = compare({ a: [1, 2] }, { a: [1, 3], b: true });
    module.exports = [patch, applyPatch({ a: [1, 2] }, patch).newDocument];
  `,
  use('fast-json-patch', 'import')`
    import jsonPatch from 'fast-json-patch';
    export default jsonPatch.getValueByPointer({ a: { 'b/c': 1 } }, '/a/b~1c');
  `,
];
