/** Texts of a megabyte and more, which are worked on in parts and by threads. */
import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type dynosrc from 'dynapack/server';
import { sha256 } from '../../lib/hash';
import { applyPatch } from '../../lib/patch/apply';
import { failure } from '../helpers/pack';
import { Project } from '../helpers/project';
import { open } from './open';
import { makeRepository } from './repository';
import { serve } from './serve';
import { tarball } from './tarball';

const LENGTH = 1_200_000;
const request = { headers: {} };

/** Characters of one to four bytes, so that some are cut where parts end. */
const long = (start: string): string => `${start}\n/* ${'aé…\ud83d\ude00b'.repeat(LENGTH / 11)} */\n`;

describe('long texts', () => {
  const start = (project: Project): dynosrc.DynoSrc => open(project, { refresh: 0 }).asset('large');

  it('come by URL, byte by byte, and as patches of what was served before, by another process, too', async () => {
    const texts = [long('self.large = 1;'), long('self.large = 2;')] as const;
    const project = new Project({ 'assets/large.js': texts[0] });
    const [first] = await start(project).getPatches(request, { patches: ['large'], format: 'json' });
    expect(first)
      .to.include({ version: sha256(texts[0]) })
      .and.not.to.have.any.keys('raw', 'diff');
    project.write({ 'assets/large.js': texts[1] });
    const instance = start(project);
    const served = await serve(instance);
    try {
      const { body } = await served.get('/dynoSrc?id=large&from=&to=HEAD&fmt=raw');
      expect(body.equals(Buffer.from(texts[1]))).to.equal(true);
      const { diff } = await instance.patch('large', sha256(texts[0]), 'HEAD');
      expect(applyPatch(diff as string, [texts[0]], sha256)).to.equal(texts[1]);
      expect((await instance.patch('large', null, sha256(texts[0]))).raw).to.equal(texts[0]);
      const old = await served.get(`/dynoSrc?id=large&from=&to=${sha256(texts[0])}&fmt=raw`);
      expect(old.body.equals(Buffer.from(texts[0]))).to.equal(true);
    } finally {
      await served.close();
    }
  });

  it('are what short ones are: without a byte order mark, scripts, and UTF-8', async () => {
    const project = new Project({ 'assets/large.js': `\ufeff${long('self.large = 1;')}` });
    const instance = start(project);
    const [record] = await instance.getPatches(request, { patches: ['large'], format: 'json' });
    expect(record).to.include({ version: sha256(long('self.large = 1;')) });
    const refused = async (contents: string | Buffer): Promise<string> => {
      writeFileSync(project.path('assets/large.js'), contents);
      return (await failure(start(project).getPatches(request, { patches: ['large'] }))).code;
    };
    expect(await refused(`${long('self.large = 1;')}export default 1;`)).to.equal('INVALID_ASSET');
    expect(await refused(Buffer.concat([Buffer.alloc(LENGTH, 'a'), Buffer.from([0xc3])]))).to.equal(
      'NOT_TEXT',
    );
    project.write({ 'assets/large.js': long('const t = "export default 1; import x";') });
    expect(await start(project).getPatches(request, { patches: ['large'] })).to.have.length(1);
  });

  it('of packages and commits are what those of files are', async () => {
    const texts = [long('self.large = 1;'), long('self.large = 2;')];
    const project = new Project({});
    const [commit] = await makeRepository(project, texts);
    const pack = (version: string, text: string): void =>
      project.write({
        [`assets/packed/large-${version}.tgz`]: tarball({
          'package.json': JSON.stringify({ version }),
          'index.js': `\ufeff${text}`,
        }) as never,
      });
    pack('1.0.0', texts[0] as string);
    pack('2.0.0', texts[1] as string);
    const instance = open(project, { refresh: 0 })
      .asset('committed', { source: 'git', repository: '../repository', filename: 'lib/app.js' })
      .asset('packed', { source: 'npm', package: 'large', tarballs: 'packed' });
    for (const [id, old] of [
      ['committed', commit],
      ['packed', '1.0.0'],
    ] as const) {
      const [record] = await instance.getPatches(request, { patches: [id], format: 'json' });
      expect(record, id)
        .to.include({ version: sha256(texts[1] as string) })
        .and.not.to.have.any.keys('raw', 'diff');
      const { diff } = await instance.patch(id, old as string, 'HEAD');
      expect(applyPatch(diff as string, [texts[0] as string], sha256)).to.equal(texts[1]);
    }
  });

  it('of styles have the references of their base', async () => {
    const project = new Project({ 'assets/large.css': long('a { b: url(c.png) }') });
    const instance = start(project).asset('large', { base: '/css/' });
    expect((await instance.patch('large', null, 'HEAD')).raw).to.equal(long('a { b: url("/css/c.png") }'));
  });
});
