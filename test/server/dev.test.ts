/** Development: what is on disk is what pages get, at once. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { expect } from 'chai';
import type dynosrc from 'dynapack/server';
import { sha256 } from '../../lib/hash';
import { applyPatch } from '../../lib/patch/apply';
import { Project } from '../helpers/project';
import { open } from './open';
import { script } from './texts';

const request = (cookie?: string) => ({ headers: cookie === undefined ? {} : { cookie } });

async function load(instance: dynosrc.DynoSrc, cookie?: string): Promise<dynosrc.PatchRecord> {
  const [record] = await instance.getPatches(request(cookie), { patches: ['app'], format: 'json' });
  return record as dynosrc.PatchRecord;
}

const cookieOf = ({ place = '' }: dynosrc.PatchRecord): string => `_ds=1.${place.replace(/\.0$/, '.B')}`;

describe('the development mode', () => {
  const files = { 'assets/app.js': script('app', '0') };
  const start = (project: Project): dynosrc.DynoSrc => open(project, { dev: true }).asset('app');

  it('sends with each page what has changed since the last one', async () => {
    const project = new Project(files);
    const instance = start(project);
    let record = await load(instance);
    let text = record.raw as string;
    for (let save = 1; save < 6; save++) {
      project.write({ 'assets/app.js': script('app', String(save)) });
      record = await load(instance, cookieOf(record));
      text = applyPatch(record.diff as string, [text], sha256);
      expect(text).to.equal(script('app', String(save)));
      record = await load(instance, cookieOf(record));
      expect(record).not.to.have.any.keys('raw', 'diff');
    }
  });

  it('gives all requests at once what is there', async () => {
    const project = new Project(files);
    const instance = start(project);
    await load(instance);
    project.write({ 'assets/app.js': script('app', '1') });
    const records = await Promise.all(Array.from({ length: 50 }, () => load(instance)));
    for (const { raw } of records) expect(raw).to.equal(script('app', '1'));
  });

  it('keeps a bounded number of states', async () => {
    const project = new Project(files);
    const instance = open(project, { dev: true, keep: 4 }).asset('app');
    let record = await load(instance);
    for (let save = 1; save < 12; save++) {
      project.write({ 'assets/app.js': script('app', String(save)) });
      record = await load(instance, cookieOf(record));
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    const [scratch = ''] = readdirSync(project.path('output/dev'));
    for (const [place, most] of Object.entries({ releases: 4, texts: 4, patches: 4 })) {
      expect(readdirSync(project.path(`output/dev/${scratch}/${place}`)), place).to.have.length.at.most(most);
    }
  });

  it('leaves nothing when its process ends, and tidies up after those that were killed', () => {
    const project = new Project({ ...files, 'output/dev/999999999-x/texts/y': '' });
    project.link('dynapack').write({
      'run.js': `
        const dynosrc = require('dynapack/server');
        dynosrc.globals({ dev: true, assetsDir: 'assets', outputDir: 'output' }).asset('app');
        dynosrc.getPatches({ headers: {} }, { patches: ['app'] }, (error, [text]) => {
          console.log(error, text.length > 1000, require('fs').readdirSync('output/dev').length);
        });
      `,
    });
    const { stdout } = spawnSync(process.execPath, ['run.js'], { cwd: project.directory, encoding: 'utf8' });
    expect(stdout).to.match(/^null true [12]\n$/);
    expect(existsSync(project.path('output/dev/999999999-x'))).to.equal(false);
    expect(readdirSync(project.path('output/dev'))).to.deep.equal([]);
  });

  it('takes working files in place of commits', async () => {
    const project = new Project({ 'work/lib/app.js': 'self.a = 1;' });
    const instance = open(project, { dev: true });
    instance.asset('app', { source: 'git', repository: '../work', filename: 'lib/app.js' });
    expect((await load(instance)).raw).to.equal('self.a = 1;');
  });
});
