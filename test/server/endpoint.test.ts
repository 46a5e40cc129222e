/** The endpoint for later requests. */
import { expect } from 'chai';
import type dynosrc from 'dynapack/server';
import { sha256 } from '../../lib/hash';
import { applyPatch } from '../../lib/patch/apply';
import { detectEncodings } from '../../lib/server/dictionary';
import { Project } from '../helpers/project';
import { open } from './open';
import { type Response, type Served, serve } from './serve';
import { script } from './texts';

const [one, two] = [script('tool', 'one'), script('tool', 'two')];
const files = {
  'assets/tool/1.0.0.js': one,
  'assets/tool/2.0.0.js': two,
  'assets/secret/1.0.0.js': 'secret',
  'assets/page.css': 'b { top: 0 }',
  'secret.js': 'secret',
};

describe('the endpoint', () => {
  let served: Served;
  let instance: dynosrc.DynoSrc;
  afterEach(() => served.close());

  async function start(globals: dynosrc.Globals = {}): Promise<void> {
    instance = open(new Project(files), globals);
    instance.assets({ tool: { head: '2.0.0', alias: 't' }, page: {} });
    served = await serve(instance);
  }

  const ask = (query: string, headers: Record<string, string> = {}): Promise<Response> =>
    served.get(`/dynoSrc?${query}`, headers);

  it('gives a patch as JSON', async () => {
    await start();
    const { headers, text } = await ask('id=tool&from=1.0.0&to=2.0.0');
    const record = JSON.parse(text) as dynosrc.PatchRecord;
    expect(applyPatch(record.diff as string, [one], sha256)).to.equal(two);
    expect(headers['content-type']).to.equal('application/json; charset=utf-8');
    expect(headers['x-content-type-options']).to.equal('nosniff');
  });

  it('gives all of it to who names nothing, or nothing that is known', async () => {
    await start();
    for (const from of ['', '&from=', '&from=0.0.0', '&from=../secret']) {
      expect(JSON.parse((await ask(`id=tool&to=HEAD${from}`)).text)).to.include({ raw: two });
    }
  });

  it('gives calls, elements and texts', async () => {
    await start();
    const call = await instance.patch('tool', '1.0.0', 'HEAD', 'js');
    expect((await ask('id=tool&from=1.0.0&to=HEAD&fmt=js')).text).to.equal(call);
    const element = await ask('id=t&from=1.0.0&to=HEAD&fmt=script');
    expect(element.text).to.equal(`<script>${call}</script>`);
    expect(element.headers['content-security-policy']).to.equal("default-src 'none'; sandbox");
    const raw = await ask('id=tool&to=1.0.0&fmt=raw');
    expect(raw.text).to.equal(one);
    expect(raw.headers['content-type']).to.equal('text/javascript; charset=utf-8');
    expect((await ask('id=page&to=HEAD&fmt=raw')).headers['content-type']).to.equal(
      'text/css; charset=utf-8',
    );
  });

  it('knows a version by its hash and by the beginning of it', async () => {
    await start();
    for (const version of [sha256(two), sha256(two).slice(0, 11)]) {
      expect((await ask(`id=tool&to=${version}&fmt=raw`)).text).to.equal(two);
    }
    expect((await ask(`id=tool&to=${sha256(two).slice(0, 10)}&fmt=raw`)).status).to.equal(404);
  });

  it('lets fixed versions be cached for ever, and the head not without asking', async () => {
    await start({ maxAge: 60 });
    const fixed = 'public, max-age=60, immutable';
    const cases = {
      'from=1.0.0&to=2.0.0': fixed,
      'to=2.0.0&fmt=raw': fixed,
      'from=1.0.0&to=HEAD': 'no-cache',
      'from=HEAD&to=1.0.0': 'no-cache',
    };
    for (const [query, expected] of Object.entries(cases)) {
      expect((await ask(`id=tool&${query}`)).headers['cache-control'], query).to.equal(expected);
    }
  });

  it('answers 304 to who has it', async () => {
    await start();
    for (const query of ['id=tool&from=1.0.0&to=HEAD', 'id=tool&to=HEAD&fmt=raw', 'id=tool&to=HEAD&fmt=js']) {
      const { headers } = await ask(query);
      const again = await ask(query, { 'if-none-match': `"x", W/${headers.etag}` });
      expect(again).to.include({ status: 304, text: '' });
      expect(again.headers.etag).to.equal(headers.etag);
      expect((await ask(query, { 'if-none-match': '"x"' })).status).to.equal(200);
    }
  });

  it('answers HEAD without a body, and nothing but HEAD and GET', async () => {
    await start();
    const { headers, text } = await served.get('/dynoSrc?id=tool&to=HEAD&fmt=raw', {}, 'HEAD');
    expect(text).to.equal('');
    expect(headers['content-length']).to.equal(String(Buffer.byteLength(two)));
    const refused = await served.get('/dynoSrc?id=tool&to=HEAD', {}, 'POST');
    expect(refused.status).to.equal(405);
    expect(refused.headers.allow).to.equal('GET, HEAD');
  });

  it('compresses texts with the version that the browser has, where this Node can', async () => {
    await start();
    const { headers } = await ask('id=tool&to=HEAD&fmt=raw');
    expect(headers['use-as-dictionary']).to.equal('match="/dynoSrc?id=tool&*"');
    instance.asset('tool', { head: '1.0.0' });
    const [encoding] = (await detectEncodings()).keys();
    const known = { 'available-dictionary': `:${Buffer.from(sha256(two), 'base64url').toString('base64')}:` };
    for (const [dictionary, accepted, expected] of [
      [known, 'gzip, dcb, dcz', encoding],
      [known, 'gzip', undefined],
      [{ 'available-dictionary': `:${'A'.repeat(43)}=:` }, 'dcb, dcz', undefined],
      [{ 'available-dictionary': 'x' }, 'dcb, dcz', undefined],
    ] as const) {
      const answer = await ask('id=tool&to=HEAD&fmt=raw', { ...dictionary, 'accept-encoding': accepted });
      expect(answer.headers['content-encoding']).to.equal(expected);
      expect(answer.headers.vary).to.equal('accept-encoding, available-dictionary');
      if (expected === undefined) expect(answer.text).to.equal(one);
    }
  });

  it('calls functions by their names only', async () => {
    await start();
    const { text, headers } = await ask('id=tool&to=HEAD&fmt=js&callback=app.on$1');
    expect(text).to.match(/^\/\*\*\/app\.on\$1\(\{"id":"tool",/);
    expect(headers['content-type']).to.match(/javascript/);
    for (const callback of ['alert(1)', 'a;b', '<b>', 'a..b', '1a', '', `${'a'.repeat(65)}`, 'a\u2028']) {
      const answer = await ask(`id=tool&to=HEAD&fmt=js&callback=${encodeURIComponent(callback)}`);
      expect(answer.status, callback).to.equal(400);
      expect(answer.headers['content-type']).to.match(/json/);
    }
    expect((await ask('id=tool&to=HEAD&fmt=json&callback=app')).status).to.equal(400);
  });

  it('serves nothing that is not registered', async () => {
    await start();
    const cases = {
      'id=secret&to=1.0.0': 404,
      'id=tool&to=../secret/1.0.0': 404,
      'id=tool&to=..%2f..%2fsecret': 404,
      'id=..%2fsecret&to=HEAD': 404,
      'id=__proto__&to=HEAD': 404,
      'id=constructor&to=HEAD': 404,
      'id=tool&to=%00': 404,
      'id=tool&to=__proto__': 404,
      'to=HEAD': 400,
      'id=tool': 400,
      'id=tool&to=HEAD&fmt=exe': 400,
      [`id=tool&to=${'a'.repeat(201)}`]: 400,
    };
    for (const [query, status] of Object.entries(cases)) {
      const answer = await ask(query);
      expect(answer.status, query).to.equal(status);
      expect(answer.text).not.to.include('secret');
    }
  });

  it('passes on what is not its own', async () => {
    await start({ endpoint: '/patches' });
    for (const path of ['/', '/dynoSrc?id=tool&to=HEAD', '/patches/x', '/patchesx', '//patches', '*']) {
      expect((await served.get(path)).text, path).to.equal('passed on');
    }
    expect((await served.get('/patches?id=tool&to=HEAD')).status).to.equal(200);
  });

  it('serves versions of a repository only when they are its head, listed, or were served', async () => {
    await start();
    instance.defineSource('memory', {
      read: async (_, reference) => ({ name: reference, text: `// ${reference}` }),
    });
    instance.asset('thing', { source: 'memory', head: 'main', versions: ['v1'] });
    for (const [version, status] of Object.entries({ main: 200, v1: 200, HEAD: 200, v2: 404, 'a/b': 404 })) {
      expect((await ask(`id=thing&to=${version}&fmt=raw`)).status, version).to.equal(status);
    }
  });
});
