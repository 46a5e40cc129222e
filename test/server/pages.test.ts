/** What pages are given, by the cookies of their requests. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type dynosrc from 'dynapack/server';
import { sha256 } from '../../lib/hash';
import { applyPatch } from '../../lib/patch/apply';
import { findCookie, readCookie } from '../../lib/server/cookie';
import { failure } from '../helpers/pack';
import { Project } from '../helpers/project';
import { open } from './open';
import { script } from './texts';

const versions = ['1', '2', '3'].map((value) => script('tool', value)) as [string, string, string];

const files = {
  'assets/tool.js': versions[0],
  'assets/app/1.0.js': script('app', 'one'),
  'assets/app/1.1.js': script('app', 'two'),
  'assets/style.css': 'b { top: 0 }',
};

function start(project = new Project(files), globals: dynosrc.Globals = {}): dynosrc.DynoSrc {
  return open(project, globals).assets({ tool: {}, app: { head: '1.0' }, style: {} });
}

const request = (cookie?: string) => ({ headers: cookie === undefined ? {} : { cookie } });

/** The cookie of a browser that has all of these. */
function cookieFor(records: readonly dynosrc.PatchRecord[]): string {
  const masks: Record<string, number> = {};
  for (const { place } of records) {
    const [state = '', index] = (place as string).split(/\.(?=\d+$)/);
    masks[state] = (masks[state] ?? 0) | (1 << Number(index));
  }
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return `x=1; _ds=1${Object.entries(masks).map(([state, mask]) => `.${state}.${digits[mask]}`)}; y=2`;
}

const json = (instance: dynosrc.DynoSrc, cookie: string | undefined, patches: string[]) =>
  instance.getPatches(request(cookie), { patches, format: 'json' });

describe('getPatches()', () => {
  it('gives strangers everything, in the order that is asked for', async () => {
    const records = await json(start(), undefined, ['style', 'tool', 'app']);
    expect(records.map(({ id, raw, type }) => ({ id, raw, type }))).to.deep.equal([
      { id: 'style', raw: 'b { top: 0 }', type: 'css' },
      { id: 'tool', raw: versions[0], type: 'js' },
      { id: 'app', raw: script('app', 'one'), type: 'js' },
    ]);
  });

  it('gives each asset once, however often it is asked for', async () => {
    const records = await json(start(), undefined, ['tool', 'app', 'tool', 'app']);
    expect(records.map(({ id }) => id)).to.deep.equal(['tool', 'app']);
  });

  it('gives who has everything nothing', async () => {
    const instance = start();
    const cookie = cookieFor(await json(instance, undefined, ['style', 'tool', 'app']));
    for (const record of await json(instance, cookie, ['style', 'tool', 'app'])) {
      expect(record).not.to.have.any.keys('raw', 'diff');
    }
    const elements = await instance.getPatches(request(cookie), { patches: ['app', 'tool'] });
    expect(elements.join('').length).to.be.below(300);
    expect(elements[0]).to.match(
      /^<script>dynoSrc\.load\("app","1\.0","[\w-]{43}","1-[\w-]{6}\.0"\);<\/script>$/,
    );
  });

  it('gives who has some of it the rest', async () => {
    const instance = start();
    const [tool] = await json(instance, undefined, ['tool']);
    const records = await json(instance, cookieFor([tool as dynosrc.PatchRecord]), ['tool', 'app']);
    expect(records.map(({ raw }) => typeof raw)).to.deep.equal(['undefined', 'string']);
  });

  it('gives returning visitors what has changed, also by another process', async () => {
    const project = new Project(files);
    const cookie = cookieFor(await json(start(project), undefined, ['tool', 'app']));
    project.write({ 'assets/tool.js': versions[1] });
    const [tool, app] = await json(start(project), cookie, ['tool', 'app']);
    expect(applyPatch(tool?.diff as string, [versions[0]], sha256)).to.equal(versions[1]);
    expect(app).not.to.have.any.keys('raw', 'diff');
  });

  it('goes on to give patches from older versions, up to a number', async () => {
    const project = new Project(files);
    const first = cookieFor(await json(start(project, { keep: 2 }), undefined, ['tool']));
    project.write({ 'assets/tool.js': versions[1] });
    await json(start(project, { keep: 2 }), first, ['tool']);
    const [still] = await json(start(project, { keep: 2 }), first, ['tool']);
    expect(still).to.have.property('diff');
    project.write({ 'assets/tool.js': versions[2] });
    expect((await json(start(project, { keep: 2 }), first, ['tool']))[0]).to.have.property('raw');
  });

  it('adds up what several states of the assets say', async () => {
    const project = new Project(files);
    const [app] = await json(start(project), undefined, ['app']);
    project.write({ 'assets/tool.js': versions[1] });
    const [tool] = await json(start(project), undefined, ['tool']);
    const cookie = cookieFor([tool, app] as dynosrc.PatchRecord[]).replace(',', '');
    for (const record of await json(start(project), cookie, ['tool', 'app'])) {
      expect(record).not.to.have.any.keys('raw', 'diff');
    }
  });

  it('takes a version in place of the head', async () => {
    const instance = start();
    const [app] = await json(instance, undefined, ['app#1.1']);
    expect(app).to.include({ id: 'app', to: '1.1', raw: script('app', 'two') });
    const cookie = cookieFor([app as dynosrc.PatchRecord]);
    expect((await json(instance, cookie, ['app#1.1']))[0]).not.to.have.any.keys('raw', 'diff');
    const [back] = await json(instance, cookie, ['app']);
    expect(applyPatch(back?.diff as string, [script('app', 'two')], sha256)).to.equal(script('app', 'one'));
  });

  it('refers to long texts, and to all where a browser keeps none', async () => {
    const project = new Project(files);
    const [long] = await json(start(project, { maxInline: 100 }), undefined, ['tool']);
    expect(long).not.to.have.any.keys('raw', 'diff');
    const [tool, app] = await json(start(project), '_ds=0', ['tool', 'app']);
    expect(tool).not.to.have.any.keys('raw', 'diff');
    expect(app).not.to.have.any.keys('raw', 'diff');
  });

  it('believes no cookie that is none of ours', async () => {
    const instance = start();
    const [{ place = '' } = {}] = await json(instance, undefined, ['tool']);
    const state = place.replace(/\.\d+$/, '');
    const wrong = [
      '3',
      '1.',
      `1.${state}`,
      `1.${state}.`,
      `1.${state}.AA!`,
      `3.${state}._`,
      `1.9-aaaaaa._`,
      '1..',
      `1.${state}._ `,
    ];
    for (const value of [
      ...wrong,
      `1${`.${state}.A`.repeat(5)}`,
      `1.${state}.${'_'.repeat(4000)}`,
      '%00',
      'tool@1.0|app@1',
    ]) {
      const [tool] = await json(instance, `_ds=${value.trim() === value ? value : `${value}x`}`, ['tool']);
      expect(tool?.raw, value).to.equal(versions[0]);
    }
  });

  it('puts the nonce on elements, if it is one', async () => {
    const instance = start();
    const [element] = await instance.getPatches(request(), { patches: ['tool'], nonce: 'aB3+/=' });
    expect(element).to.match(/^<script nonce="aB3\+\/=">dynoSrc\.add\(/);
    expect(instance.getClientLib({ nonce: 'abc' })).to.match(/^<script nonce="abc">\(function\(/);
    const wrong = instance.getPatches(request(), { patches: ['tool'], nonce: '"><b>' });
    expect(await failure(wrong)).to.include({ code: 'INVALID_OPTION' });
  });

  it('serves assets that are registered while others are asked for', async () => {
    const instance = start();
    await json(instance, undefined, ['tool']);
    for (const round of [1, 2, 3]) {
      const id = `late${round}`;
      instance.defineSource(id, { read: async () => ({ name: '1', text: `self.${id} = 1;` }) });
      instance.asset(id, { source: id });
      const asked = Array.from({ length: 4 }, () => json(instance, undefined, [id, 'tool']));
      for (const [record] of await Promise.all(asked)) expect(record).to.include({ raw: `self.${id} = 1;` });
    }
  });

  it('has patches for most visitors made before they ask', async () => {
    const project = new Project(files);
    await json(start(project), undefined, ['tool']);
    project.write({ 'assets/tool.js': versions[1] });
    await json(start(project), undefined, ['tool']);
    const name = `output/patches/${sha256(versions[0])}.${sha256(versions[1])}`;
    while (!existsSync(project.path(name))) await new Promise((resolve) => setTimeout(resolve, 10));
  });

  it('calls back', (done) => {
    start().getPatches(request(), { patches: ['tool'], format: 'js' }, (error, calls) => {
      expect(error).to.equal(null);
      expect(calls?.[0]).to.match(/^dynoSrc\.add\("tool",/);
      start().getPatches(request(), { patches: ['none'] }, (problem) => {
        expect(problem).to.include({ code: 'UNKNOWN_ASSET' });
        done();
      });
    });
  });

  it('serves what an asset was while its source fails, and names what never was there', async () => {
    const project = new Project(files);
    const instance = start(project, { refresh: 0 });
    let isBroken = false;
    instance.defineSource('memory', {
      read: async () => {
        if (isBroken) throw new Error('out of order');
        return { name: '1', text: 'self.memory = 1;' };
      },
    });
    instance.assets({ memory: { source: 'memory' }, gone: { head: '7' } });
    await json(instance, undefined, ['memory']);
    isBroken = true;
    for (let time = 0; time < 5; time++) {
      expect((await json(instance, undefined, ['memory', 'tool']))[0]).to.include({
        raw: 'self.memory = 1;',
      });
    }
    expect(await failure(json(instance, undefined, ['gone']))).to.include({ code: 'UNKNOWN_VERSION' });
  });

  it('serves without a place to keep anything', async () => {
    const project = new Project(files);
    writeFileSync(project.path('file'), '');
    const instance = start(project, { outputDir: project.path('file/below') });
    const warnings: string[] = [];
    const onWarning = ({ message }: Error): unknown => warnings.push(message);
    process.on('warning', onWarning);
    const cookie = cookieFor(await json(instance, undefined, ['tool']));
    expect((await json(instance, cookie, ['tool']))[0]).not.to.have.property('raw');
    await new Promise(setImmediate);
    process.off('warning', onWarning);
    expect(warnings.join()).to.include('cannot be kept');
  });
});

describe('texts in pages', () => {
  it('survive whatever they hold', async () => {
    const text = 'self.a = "</script><!--<script>\u2028\u2029\0 --> \ud83d\ude00 é <\\/SCRIPT" // ]]>\r\n';
    const project = new Project({ 'assets/odd.js': text });
    const instance = open(project).asset('odd');
    const [element] = (await instance.getPatches(request(), { patches: ['odd'] })) as [string];
    const code = element.replace(/^<script>|<\/script>$/g, '');
    expect(code).not.to.match(/<\/script|<!--|<script|-->|[\u2028\u2029\0]/i);
    let found: unknown;
    new Function('dynoSrc', code)({ add: (_id: string, _version: string, given: string) => (found = given) });
    expect(found).to.equal(text);
  });

  it('are refused when they are no text', async () => {
    const project = new Project({});
    mkdirSync(project.path('assets'));
    writeFileSync(project.path('assets/bytes.js'), Buffer.from([0xff, 0xfe, 0]));
    const instance = open(project).asset('bytes');
    expect(await failure(instance.getPatches(request(), { patches: ['bytes'] }))).to.include({
      code: 'NOT_TEXT',
    });
  });
});

describe('cookies', () => {
  it('are found among others', () => {
    expect(findCookie('a=1; _ds=1.2;b=3', '_ds')).to.equal('1.2');
    expect(findCookie('x_ds=1;  _ds=2', '_ds')).to.equal('2');
    expect(findCookie(';;=;_ds', '_ds')).to.equal(undefined);
    expect(findCookie(undefined, '_ds')).to.equal(undefined);
  });

  it('say which indexes are held', () => {
    const { held } = readCookie('1.12-abc_-9.BQA_');
    const bits = Array.from({ length: 30 }, (_, index) => index).filter((index) => held[0]?.has(index));
    expect(held[0]?.state).to.equal('12-abc_-9');
    expect(bits).to.deep.equal([0, 10, 18, 19, 20, 21, 22, 23]);
  });
});
