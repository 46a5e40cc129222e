/** Requests and cookies that nobody of good will sends. */
import { expect } from 'chai';
import type dynosrc from 'dynapack/server';
import { Project } from '../helpers/project';
import { open } from './open';
import { listen, type Served, serve } from './serve';
import { script } from './texts';

const SECRET = 'S3CR3T';
const files = {
  'assets/app/1.0.0.js': script('app', 'one'),
  'assets/app/2.0.0.js': script('app', 'two'),
  'assets/hidden/1.0.0.js': SECRET,
  'assets/hidden.js': SECRET,
  'assets/app/.env.js': SECRET,
  'secret.js': SECRET,
  'output/x': SECRET,
};

/** Numbers from 0 below `limit`, the same for the same seed. */
function dice(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const MARKER = '<svg/onload=zq>';
const PARTS = [
  'app',
  '1.0.0',
  '2.0.0',
  'HEAD',
  'hidden',
  'hidden/1.0.0',
  '../',
  '..%2f',
  '%2e%2e%2f',
  '%00',
  '\\',
  '/etc/passwd',
  'secret.js',
  '__proto__',
  'constructor',
  'toString',
  MARKER,
  encodeURIComponent(MARKER),
  '"><script>',
  'javascript:',
  '%',
  '%ff',
  '%u2028',
  '\u2028',
  'é',
  '😀',
  '+',
  '#',
  ';',
  '[]',
  '[id]',
  '&',
  '=',
  ' ',
  '\t',
  '1.1',
  'a'.repeat(300),
  '.env',
  'NaN',
  '-1',
  '0',
  'file:///etc/passwd',
  'http://x/',
  'git',
  'refs/heads/main',
  '..\\..\\',
  'CON',
  '.',
  '..',
  '*',
];
const NAMES = ['id', 'from', 'to', 'fmt', 'callback', 'id[]', '__proto__', ''];
const FORMATS = ['json', 'js', 'script', 'raw', 'exe', ''];
const METHODS = ['GET', 'GET', 'GET', 'GET', 'HEAD', 'POST', 'OPTIONS', 'PUT'];

type Dice = ReturnType<typeof dice>;
const pick = <Item>(roll: Dice, items: readonly Item[]): Item => items[roll(items.length)] as Item;
const jumble = (roll: Dice, most: number): string =>
  Array.from({ length: roll(most + 1) }, () => pick(roll, PARTS)).join('');

/** A path that Node's client can send. */
function randomPath(roll: Dice): string {
  const value = (name: string): string => {
    if (roll(3) > 0)
      return { id: 'app', from: '1.0.0', to: '2.0.0', fmt: pick(roll, FORMATS) }[name] ?? jumble(roll, 2);
    return jumble(roll, 3);
  };
  const pairs = [...NAMES.slice(0, 4), ...Array.from({ length: roll(4) }, () => pick(roll, NAMES))];
  const query = pairs.map((name) => `${name}=${value(name)}`).join('&');
  const path = pick(roll, [
    '/dynoSrc',
    '/dynoSrc',
    '/dynoSrc',
    '/dynoSrc/',
    '//dynoSrc',
    `/dynoSrc${jumble(roll, 1)}`,
  ]);
  return `${path}?${query}`.replace(/[^\x21-\x7e]/gu, (character) =>
    roll(2) ? encodeURIComponent(character) : '%E2',
  );
}

const HEADERS = [
  'cookie',
  'if-none-match',
  'available-dictionary',
  'accept-encoding',
  'origin',
  'range',
  'x-forwarded-host',
];

function randomHeaders(roll: Dice): Record<string, string> {
  const pairs = Array.from({ length: roll(3) }, () => [pick(roll, HEADERS), jumble(roll, 4)] as const);
  return Object.fromEntries(pairs.map(([name, value]) => [name, value.replace(/[^\x20-\x7e]/g, '')]));
}

/** Runs work for each number below `count`, some at a time. */
async function inParallel(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const run = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: 30 }, run));
}

const start = (): dynosrc.DynoSrc => open(new Project(files)).assets({ app: { head: '2.0.0', alias: 'a' } });

describe('hostile requests', () => {
  let served: Served;
  afterEach(() => served.close());

  it('to the endpoint give nothing away, give nothing back, and break nothing', async () => {
    served = await serve(start());
    const roll = dice(20261121);
    const statuses = new Map<number, number>();
    await inParallel(6_000, async (index) => {
      const path = randomPath(roll);
      const { status, headers, text } = await served.get(path, randomHeaders(roll), pick(roll, METHODS));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const what = `${index}: ${path}`;
      expect(status, what).to.be.oneOf([200, 304, 400, 404, 405]);
      expect(text, what).not.to.include(SECRET);
      expect(text, what).not.to.include('root:');
      expect(text + JSON.stringify(headers), what).not.to.include('zq');
      if (status === 200) expect(headers['x-content-type-options'], what).to.equal('nosniff');
    });
    for (const status of [200, 400, 404, 405])
      expect(statuses.get(status), String(status)).to.be.greaterThan(50);
    expect((await served.get('/dynoSrc?id=app&from=1.0.0&to=2.0.0')).status).to.equal(200);
  });

  it('for pages get pages like those of strangers', async () => {
    const instance = start();
    served = await listen((request, response) => {
      instance.getPatches(request, { patches: ['app'] }).then(
        (patches) => response.end(patches.join('')),
        (error) => response.writeHead(500).end(String(error)),
      );
    });
    const stranger = (await served.get('/')).text;
    const state = /"(1-[\w-]{6})\.0"/.exec(stranger)?.[1] as string;
    const roll = dice(7);
    const cookies = [
      '_ds=1.',
      state,
      '.',
      '~',
      'A',
      'B',
      '_',
      ';',
      ' ',
      '=',
      '1.',
      '0',
      '9-aaaaaa.B',
      ...PARTS,
    ];
    await inParallel(4_000, async () => {
      const cookie = Array.from({ length: roll(7) }, (_, at) => (at === 0 ? '_ds=1.' : pick(roll, cookies)))
        .join('')
        .replace(/[^\x20-\x7e]/g, '');
      const { status, text } = await served.get('/', { cookie });
      expect(status, cookie).to.equal(200);
      if (text !== stranger) expect(text, cookie).to.match(/^<script>dynoSrc\.load\("app","2\.0\.0"/);
    });
  });

  it('over what is no HTTP are not ours to answer', async () => {
    const middleware = start().middleware();
    served = await listen((request, response) =>
      middleware(request, response, () => response.end('passed on')),
    );
    for (const url of [undefined, '', '?', '/dynoSrc?', '/dynoSrc?%', '/dynoSrc?id=%E0%A4%A'] as string[]) {
      const answered = await new Promise<number | string>((resolve) => {
        const response = { writeHead: (status: number) => resolve(status), end: () => {} };
        middleware({ url, method: 'GET', headers: {} } as never, response as never, () =>
          resolve('passed on'),
        );
      });
      expect(answered).to.equal(url?.startsWith('/dynoSrc') ? 400 : 'passed on');
    }
  });
});
