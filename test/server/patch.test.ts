/** Patches between versions of assets, as the server's own code asks for them. */
import { expect } from 'chai';
import type dynosrc from 'dynapack/server';
import { sha256 } from '../../lib/hash';
import { applyPatch } from '../../lib/patch/apply';
import { failure } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { open } from './open';
import { script } from './texts';

const files: ProjectFiles = {
  'assets/tool/0.0.1.js': script('tool', 'one'),
  'assets/tool/0.0.2.js': script('tool', 'two'),
  'assets/other/1.9.0.js': script('other', 'nine'),
  'assets/other/1.10.0.js': script('other', 'ten'),
  'assets/single.js': script('single', 'only'),
  'assets/page/1.css': 'body { color: red }',
};

const apply = (record: dynosrc.PatchRecord, old: string): string =>
  applyPatch(record.diff as string, [old], sha256);

describe('patch()', () => {
  const tools = (project: Project): dynosrc.DynoSrc =>
    open(project).assets({ tool: { head: '0.0.2', alias: 't' }, other: {}, single: {}, page: {} });

  it('makes the head of another version on disk', async () => {
    const record = await tools(new Project(files)).patch('tool', '0.0.1', 'HEAD');
    expect(record).to.include({ id: 'tool', from: '0.0.1', to: '0.0.2' });
    expect(apply(record, script('tool', 'one'))).to.equal(script('tool', 'two'));
    expect(record.version).to.equal(sha256(script('tool', 'two')));
  });

  it('calls back as well', (done) => {
    tools(new Project(files)).patch('tool', '0.0.1', 'HEAD', (error, record) => {
      expect(error).to.equal(null);
      expect(record?.diff).to.be.a('string');
      done();
    });
  });

  it('calls back with what is wrong', (done) => {
    tools(new Project(files)).patch('tol', '0.0.1', 'HEAD', 'json', (error) => {
      expect(error).to.include({ code: 'UNKNOWN_ASSET', hint: "Did you mean 'tool'?" });
      done();
    });
  });

  it('knows an asset by its alias', async () => {
    const record = await tools(new Project(files)).patch('t', '0.0.1', 'HEAD');
    expect(record).to.include({ id: 'tool', to: '0.0.2' });
  });

  it('gives all of it to who has nothing, or something unknown', async () => {
    const instance = tools(new Project(files));
    for (const from of [null, undefined, '', '9.9.9']) {
      const record = await instance.patch('tool', from, 'HEAD');
      expect(record).to.include({ from: null, raw: script('tool', 'two') });
      expect(record).not.to.have.property('diff');
    }
  });

  it('goes back to older versions', async () => {
    const record = await tools(new Project(files)).patch('tool', 'HEAD', '0.0.1');
    expect(apply(record, script('tool', 'two'))).to.equal(script('tool', 'one'));
  });

  it('gives all of it where a patch would save nothing', async () => {
    const project = new Project(files);
    const [old, text] = ['self.a = 1;', 'document.title = location.href;'];
    project.write({ 'assets/tiny/1.js': old, 'assets/tiny/2.js': text });
    expect(await open(project).asset('tiny').patch('tiny', '1', '2')).to.include({ raw: text });
  });

  it('takes the newest version for the head of an asset that names none', async () => {
    expect(await tools(new Project(files)).patch('other', null, 'HEAD')).to.include({ to: '1.10.0' });
  });

  it('serves a single file, whose versions are its contents', async () => {
    const project = new Project(files);
    const instance = tools(project);
    const record = await instance.patch('single', null, 'HEAD');
    expect(record).to.include({ raw: script('single', 'only'), type: 'js' });
    expect(record.to).to.equal(record.version.slice(0, 11));
  });

  it('serves styles', async () => {
    const record = await tools(new Project(files)).patch('page', null, 'HEAD');
    expect(record).to.include({ raw: 'body { color: red }', type: 'css' });
  });

  it('gives script elements and calls', async () => {
    const instance = tools(new Project(files));
    const { diff, version, place } = await instance.patch('tool', '0.0.1', 'HEAD');
    const call = `dynoSrc.apply("tool","0.0.2",${JSON.stringify(diff)},"${version}","${place}");`;
    expect(await instance.patch('tool', '0.0.1', 'HEAD', 'js')).to.equal(call);
    expect(await instance.patch('tool', '0.0.1', 'HEAD', 'script')).to.equal(`<script>${call}</script>`);
  });

  it('fails for a version that is not there, and for assets that are not', async () => {
    const instance = tools(new Project(files));
    expect(await failure(instance.patch('tool', null, '7'))).to.include({ code: 'UNKNOWN_VERSION' });
    expect(await failure(instance.patch('../tool', null, 'HEAD'))).to.include({ code: 'UNKNOWN_ASSET' });
    expect(await failure(instance.patch('tool', null, '../other/1.9.0'))).to.include({
      code: 'UNKNOWN_VERSION',
    });
  });

  it('refuses options and assets that it does not understand', () => {
    const instance = open(new Project(files));
    expect(() => instance.globals({ asetsDir: 'x' } as dynosrc.Globals)).to.throw(
      "unknown option 'asetsDir'",
    );
    expect(() => instance.globals({ cookieName: 'a;b' })).to.throw('cookieName');
    expect(() => instance.asset('a', { sorce: 'npm' } as dynosrc.AssetOptions)).to.throw(
      "unknown option 'sorce'",
    );
    expect(() => instance.asset('<b>')).to.throw("asset '<b>' must have an id");
    expect(() => instance.asset('a', { alias: 'x' }).asset('b', { alias: 'x' })).to.throw(
      "asset 'b' has a name of",
    );
    expect(() => instance.defineSource('git', { read: async () => undefined })).to.throw("a source 'git'");
  });

  it('takes sources of others', async () => {
    const instance = open(new Project(files));
    instance.defineSource('memory', {
      read: async ({ id }, reference) => ({
        name: reference === 'HEAD' ? '2' : reference,
        text: `${id}@${reference}`,
      }),
    });
    instance.asset('thing', { source: 'memory' });
    expect(await instance.patch('thing', null, 'HEAD')).to.include({ to: '2', raw: 'thing@HEAD' });
  });

  it('keeps a text that its source no longer has', async () => {
    const project = new Project(files);
    const before = script('single', 'only');
    const { version } = await tools(project).patch('single', null, 'HEAD');
    const text = script('single', 'changed');
    project.write({ 'assets/single.js': text });
    const record = await tools(project).patch('single', version, 'HEAD');
    expect(apply(record, before)).to.equal(text);
  });

  it('makes a patch again whose file is damaged', async () => {
    const project = new Project(files);
    const { diff } = await tools(project).patch('tool', '0.0.1', 'HEAD');
    const name = `output/patches/${sha256(script('tool', 'one'))}.${sha256(script('tool', 'two'))}`;
    for (const contents of ['', 'x', `${'A'.repeat(43)}\n1 2\n${diff}x`]) {
      project.write({ [name]: contents });
      expect((await tools(project).patch('tool', '0.0.1', 'HEAD')).diff).to.equal(diff);
    }
  });
});
