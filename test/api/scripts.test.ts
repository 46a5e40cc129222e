import { join } from 'node:path';
import { expect } from 'chai';
import dynapack from 'dynapack';
import File from 'vinyl';
import { failure, pack as packEntries } from '../helpers/pack';
import { visit } from '../helpers/visit';
import { json, make, rooted } from './projects';

describe('scripts()', () => {
  const two = {
    'main.js': "self.main = require('./part');",
    'admin.js': "self.admin = require('./part');",
    'part.js': '',
  };

  /** Bundles two entries and gives each of the inputs to `scripts()`, with the bundle Files at hand. */
  async function scripts(inputs: (files: File[]) => unknown[]) {
    const made = make(two);
    const pack = dynapack(rooted(made));
    pack.write(made.path('main.js'));
    pack.end(made.path('admin.js'));
    const files: File[] = [];
    for await (const file of pack) files.push(file);
    const bundles = Object.fromEntries(files.map((file) => [file.relative, String(file.contents)]));
    const stream = pack.scripts();
    for (const input of inputs(files)) stream.write(input);
    stream.end();
    const out: Record<string, string> = {};
    for await (const file of stream) out[file.relative] = String(file.contents);
    return {
      out,
      bundles,
      aliases: json(out['aliases.json']),
      manifest: JSON.parse(out['manifest.json'] as string),
    };
  }
  const manifestFile = (name: string, value: unknown): File =>
    new File({ path: `/x/${name}`, base: '/x', contents: Buffer.from(JSON.stringify(value)) });
  function renamed(file: File, name: string): File {
    const copy = file.clone();
    copy.path = join(copy.base, name);
    return copy;
  }

  it('without input serves bundles under their own names', async () => {
    const { aliases, bundles, out } = await scripts(() => []);
    expect(aliases).to.deep.equal(Object.fromEntries(Object.keys(bundles).map((name) => [name, name])));
    expect((await visit(bundles, [out['main.html'] as string])).page).to.have.property('main');
  });

  it('takes a mix of alias objects, manifests and Files', async () => {
    const { aliases, bundles, manifest, out } = await scripts((files) => [
      { 'main.js': 'main-1.js' },
      manifestFile('rev-manifest.json', { 'admin.js': 'admin-2.js', 'style.css': 'style-2.css' }),
      ...files.filter(({ stem }) => stem.startsWith('shared')).map((file) => renamed(file, 'shared-3.js')),
    ]);
    const shared = Object.keys(bundles).find((name) => name.startsWith('shared')) as string;
    expect(aliases).to.deep.equal({
      'main.js': 'main-1.js',
      'admin.js': 'admin-2.js',
      [shared]: 'shared-3.js',
    });
    expect(manifest.bundles[shared].url).to.equal('/shared-3.js');
    expect(manifest.entries.main.scripts.map(({ url }: { url: string }) => url)).to.have.members([
      '/main-1.js',
      '/shared-3.js',
    ]);
    const served = Object.fromEntries(Object.entries(bundles).map(([name, text]) => [aliases[name], text]));
    expect(
      (await visit(served, [out['main.html'] as string, out['admin.html'] as string])).page,
    ).to.include.keys('main', 'admin');
  });

  const chains: Record<string, (files: File[]) => unknown[]> = {
    'two alias objects': () => [{ 'main.js': 'main.min.js' }, { 'main.min.js': 'main.min-abc.js' }],
    'one alias object': () => [{ 'main.js': 'main.min.js', 'main.min.js': 'main.min-abc.js' }],
    'two manifests, the later link first': () => [
      manifestFile('b.json', { 'main.min.js': 'main.min-abc.js' }),
      manifestFile('a.json', { 'main.js': 'main.min.js' }),
    ],
    'a File and a manifest': (files) => [
      renamed(files.find(({ stem }) => stem === 'main') as File, 'main.min.js'),
      manifestFile('rev-manifest.json', { 'main.min.js': 'main.min-abc.js' }),
    ],
  };
  for (const [name, inputs] of Object.entries(chains)) {
    it(`follows chains of names through ${name}`, async () => {
      expect((await scripts(inputs)).aliases['main.js']).to.equal('main.min-abc.js');
    });
  }

  it('does not follow a circle for ever', async () => {
    const { aliases } = await scripts(() => [{ 'main.js': 'a.js', 'a.js': 'main.js' }]);
    expect(['main.js', 'a.js']).to.include(aliases['main.js']);
  });

  const fileOf = (files: File[], stem: string): File => files.find((file) => file.stem === stem) as File;

  it('gives a renamed File its name, also when that is the name of another bundle', async () => {
    const { aliases } = await scripts((files) => [
      renamed(fileOf(files, 'main'), 'admin.js'),
      renamed(fileOf(files, 'admin'), 'c.js'),
    ]);
    expect(aliases).to.include({ 'main.js': 'admin.js', 'admin.js': 'c.js' });
  });

  it('can swap two names', async () => {
    const swap = { 'main.js': 'admin.js', 'admin.js': 'main.js' };
    expect((await scripts(() => [swap])).aliases).to.include(swap);
    const { aliases } = await scripts((files) => [
      renamed(fileOf(files, 'main'), 'admin.js'),
      renamed(fileOf(files, 'admin'), 'main.js'),
    ]);
    expect(aliases).to.include(swap);
  });

  it('lets a map rename a bundle whose File came by under its own name', async () => {
    const { aliases } = await scripts((files) => [...files, { 'main.js': 'main-1.js' }]);
    expect(aliases).to.include({ 'main.js': 'main-1.js', 'admin.js': 'admin.js' });
  });

  it('takes no notice of the bundles of another pack', async () => {
    const other = make({ 'main.js': 'self.other = 1;' });
    const { files } = await packEntries([other.path('main.js')], rooted(other));
    const { aliases } = await scripts((own) => [...own, ...files.map((file) => renamed(file, 'other.js'))]);
    expect(aliases['main.js']).to.equal('main.js');
  });

  it('keeps the query of a name in a map, and encodes the question mark of a File', async () => {
    const { aliases, manifest, out } = await scripts((files) => [
      { 'main.js': 'a b.js?v=3&w=é' },
      renamed(fileOf(files, 'admin'), 'admin?.js'),
    ]);
    expect(aliases).to.include({ 'main.js': 'a b.js?v=3&w=é', 'admin.js': 'admin?.js' });
    expect(manifest.bundles['main.js'].url).to.equal('/a%20b.js?v=3&w=é');
    expect(manifest.bundles['admin.js'].url).to.equal('/admin%3F.js');
    const odd = await scripts(() => [{ 'main.js': 'q?/main.js' }]);
    expect(odd.manifest.bundles['main.js'].url).to.equal('/q%3F/main.js');
    expect(out['main.html']).to.include('a%20b.js?v=3&w=é');
  });

  it('loses no entry, whatever it is called', async () => {
    const made = make({ '__proto__.js': 'self.result = 1;', 'constructor.js': '' });
    const paths = [made.path('__proto__.js'), made.path('constructor.js')];
    const { scripts: out, ...packed } = await packEntries(paths, rooted(made));
    const names = ['__proto__', 'constructor'];
    const manifest = JSON.parse(out['manifest.json'] as string);
    expect(Object.keys(manifest.entries)).to.have.members(names);
    expect(manifest.entries.constructor.scripts).to.have.length(1);
    expect(Object.keys(json(out['aliases.json']))).to.have.members(names.map((name) => `${name}.js`));
    expect((await packed.visit('__proto__')).page.result).to.equal(1);
  });

  it('may be asked for several times', async () => {
    const made = make(two);
    const pack = dynapack(rooted(made));
    pack.end(made.path('main.js'));
    pack.resume();
    const streams = [pack.scripts(), pack.scripts({ nonce: 'n' })];
    streams[0]?.end({ 'main.js': 'a.js' });
    streams[1]?.end({ 'main.js': 'b.js' });
    const found = [];
    for (const stream of streams)
      for await (const file of stream)
        if (file.basename === 'aliases.json') found.push(json(String(file.contents))['main.js']);
    expect(found).to.deep.equal(['a.js', 'b.js']);
  });

  const wrong: Record<string, unknown> = {
    'an alias that is no string': { 'main.js': 7 },
    'an array': ['main.js'],
    'a string': 'main.js',
    'broken JSON': new File({ path: '/x/rev-manifest.json', contents: Buffer.from('{') }),
  };
  for (const [name, input] of Object.entries(wrong)) {
    it(`fails for ${name}`, async () => {
      const error = await failure(scripts(() => [input]));
      expect(error.code).to.equal('INVALID_ALIAS');
    });
  }
});
