import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import dynapack from 'dynapack';
import File from 'vinyl';
import { failure, finish, pack as packEntries } from '../helpers/pack';
import { make, result, rooted } from './projects';

describe('entries', () => {
  const files = { 'main.js': "self.result = require('./part');", 'part.js': "module.exports = 'disk';" };
  const text = "self.result = 'given ' + require('./part');";

  const inputs: Record<string, [input: (path: string) => dynapack.EntryInput, expected: string]> = {
    'a path': [(path) => path, 'disk'],
    'a path with dots': [(path) => join(dirname(path), 'x').replace(/x$/, './y/../main.js'), 'disk'],
    'a record without contents': [(path) => ({ path }), 'disk'],
    'a record': [(path) => ({ path, contents: text }), 'given disk'],
    'a record with bytes': [(path) => ({ path, contents: new TextEncoder().encode(text) }), 'given disk'],
    'a File without contents': [(path) => new File({ path, base: dirname(path) }), 'disk'],
    'a File': [(path) => new File({ path, base: dirname(path), contents: Buffer.from(text) }), 'given disk'],
  };
  for (const [name, [input, expected]] of Object.entries(inputs)) {
    it(`may be ${name}`, async () => {
      const made = make(files);
      expect(await result(await packEntries([input(made.path('main.js'))], rooted(made)))).to.equal(expected);
    });
  }

  it('may exist nowhere but in the pack', async () => {
    const made = make({ 'part.js': files['part.js'] });
    const packed = await packEntries([{ path: made.path('main.js'), contents: text }], rooted(made));
    expect(await result(packed)).to.equal('given disk');
  });

  it('written twice are one, and contents win over the disk in either order', async () => {
    const made = make(files);
    const path = made.path('main.js');
    for (const entries of [
      [path, path],
      [{ path, contents: text }, path],
      [path, new File({ path, base: dirname(path), contents: Buffer.from(text) })],
    ]) {
      const packed = await packEntries(entries as dynapack.EntryInput[], rooted(made));
      expect(Object.keys(packed.scripts)).to.deep.equal(['main.html', 'aliases.json', 'manifest.json']);
      expect(await result(packed)).to.equal(entries[0] === entries[1] ? 'disk' : 'given disk');
    }
  });

  it('given with contents are the same module when another entry requires them', async () => {
    const made = make({ ...files, 'other.js': "require('./main'); require('./main.js');" });
    const main = { path: made.path('main.js'), contents: `self.runs = (self.runs || 0) + 1; ${text}` };
    const packed = await packEntries([made.path('other.js'), main], rooted(made));
    const { page } = await packed.visit('other');
    expect(page).to.include({ runs: 1, result: 'given disk' });
  });

  it('make a pack with and without new', async () => {
    const made = make(files);
    for (const pack of [dynapack(rooted(made)), new dynapack(rooted(made))]) {
      pack.end(made.path('main.js'));
      expect(await result(await finish(pack))).to.equal('disk');
    }
    expect(() => dynapack()).to.not.throw();
    expect(() => new dynapack()).to.not.throw();
  });

  const wrong: Record<string, unknown> = {
    'a relative path': 'main.js',
    'a number': 7,
    'a record without a path': { contents: '' },
    'a record with a relative path': { path: 'main.js' },
    'a record with wrong contents': { path: '/main.js', contents: 7 },
    'a File without a path': new File({ contents: Buffer.from('') }),
    'an array': ['/main.js'],
  };
  for (const [name, entry] of Object.entries(wrong)) {
    it(`that are ${name} fail the pack`, async () => {
      const error = await failure(packEntries([entry as dynapack.EntryInput]));
      expect(error.code).to.equal('INVALID_ENTRY');
    });
  }

  it('that differ in case only are told apart, by names that depend on no machine', async function () {
    const twins = { 'pages/Main.js': 'self.result = 1;', 'pages/main.js': 'self.result = 2;' };
    const names = [];
    for (const made of [make(twins), make(twins)]) {
      if (existsSync(made.path('PAGES'))) return this.skip();
      const packed = await packEntries(Object.keys(twins).map(made.path, made), rooted(made));
      const entries = Object.keys(packed.metadata.entries).sort();
      names.push(entries.join());
      expect(entries).to.have.length(2);
      expect(entries[0]).to.match(/^Main-[\w-]{8}$/);
      expect(entries[1]).to.match(/^main-[\w-]{8}$/);
      expect((await packed.visit(entries[0] as string)).page.result).to.equal(1);
      expect((await packed.visit(entries[1] as string)).page.result).to.equal(2);
    }
    expect(names[0]).to.equal(names[1]);
  });

  it('none at all fails the pack', async () => {
    expect((await failure(packEntries([]))).code).to.equal('NO_ENTRIES');
  });
});
