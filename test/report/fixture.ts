/** A small report by hand, with names that would be markup if anything let them, and one before it. */
import type { ReportBundle, ReportData, ReportModule } from '../../lib/report/data';

/** Names as someone who means harm might call files. */
export const HOSTILE = {
  script: './src/</script><img src=x onerror="self.hurt=1">.js',
  comment: './src/<!--<script>.js',
  quotes: `./src/"'&amp;\`.js`,
  lines: './src/a\u2028b\u2029c.js',
  bidi: './src/\u202Egnp.exe\u2066.js',
  proto: '__proto__',
};

type Given = Partial<ReportModule> & { name: string };

const module = (given: Given): ReportModule => ({
  kind: 'esm',
  bundle: -1,
  size: 0,
  source: 100,
  imports: [],
  later: [],
  workers: [],
  ...given,
});

const bundle = (name: string, raw: number, modules: number[], core: number[]): ReportBundle => ({
  name,
  served: name.replace('.', '-3def45.'),
  kind: name.endsWith('.css') ? 'style' : 'script',
  raw,
  gzip: Math.floor(raw / 3),
  brotli: Math.floor(raw / 4),
  modules,
  core,
});

/** Two pages, a worker and a lazy map; `moment` twice; requests 0 home, 1 cart, 2 worker, 3 map. */
export function fixture(): ReportData {
  const modules = [
    module({
      name: './src/home.js',
      bundle: 0,
      size: 900,
      imports: [2, 4, 11],
      later: [3],
      workers: [5],
      keptFor: 'entry',
    }),
    module({ name: './src/cart.js', bundle: 1, size: 700, imports: [2, 7] }),
    module({
      name: './src/shared.js',
      bundle: 2,
      size: 1000,
      source: 4000,
      imports: [6],
      exports: { kept: ['format', 'parse'], dropped: ['unusedHelper'] },
      statements: { kept: 5, dropped: 2 },
    }),
    module({ name: './src/map.js', bundle: 3, size: 5000, imports: [2, 8] }),
    module({ name: HOSTILE.script, bundle: 0, size: 100, imports: [9, 10] }),
    module({ name: './src/worker.js', bundle: 4, size: 300, imports: [2] }),
    module({
      name: 'moment/moment.js',
      package: 0,
      kind: 'cjs',
      bundle: 2,
      size: 60_000,
      keptFor: 'require',
    }),
    module({
      name: 'cart-kit/node_modules/moment/moment.js',
      package: 1,
      kind: 'cjs',
      bundle: 1,
      size: 40_000,
    }),
    module({ name: HOSTILE.comment, bundle: 3, size: 10, keptFor: 'effects' }),
    module({ name: HOSTILE.quotes, bundle: 0, size: 20, imports: [12] }),
    module({ name: HOSTILE.lines, bundle: 0, size: 30, imports: [13] }),
    module({ name: './src/home.css', kind: 'style', bundle: 5, size: 390 }),
    module({ name: HOSTILE.bidi, bundle: 0, size: 40 }),
    module({ name: HOSTILE.proto, bundle: -1, source: 12 }),
  ];
  return {
    version: 1,
    dynapack: '1.0.0-test',
    minimal: true,
    modules,
    packages: [
      { name: 'moment', version: '2.30.1', directory: 'node_modules/moment' },
      { name: 'moment', version: '2.29.4', directory: 'node_modules/cart-kit/node_modules/moment' },
    ],
    bundles: [
      bundle('home.js', 1200, [0, 4, 9, 10, 12], [0]),
      bundle('cart.js', 40_800, [1, 7], [1]),
      bundle('shared.js', 61_100, [2, 6], [0, 1, 2]),
      bundle('map.js', 5050, [3, 8], [3]),
      bundle('worker.js', 350, [5], [2]),
      bundle('home.css', 400, [11], [0]),
    ],
    pages: [
      { name: 'home', kind: 'entry', request: 0, bundles: [5, 2, 0] },
      { name: 'cart', kind: 'entry', request: 1, bundles: [2, 1] },
      { name: './src/worker.js', kind: 'worker', request: 2, bundles: [2, 4] },
    ],
    requests: [
      { module: 0, bundles: [5, 2, 0], next: [3, 2] },
      { module: 1, bundles: [2, 1], next: [] },
      { module: 5, bundles: [2, 4], next: [] },
      { module: 3, bundles: [2, 3], next: [] },
    ],
    assets: [{ name: 'assets/logo.svg', served: 'assets/logo-99.svg', raw: 1234, bundles: [0], modules: [] }],
    warnings: [
      {
        code: 'UNFOLLOWED',
        message: `require of <b>${HOSTILE.script}</b>`,
        path: './src/cart.js',
        line: 3,
        column: 7,
      },
      { code: 'TWO_INSTANCES', message: 'moment is there twice', hint: 'Run npm dedupe.' },
    ],
    releases: [
      {
        id: 'r1',
        visitors: [
          {
            page: 0,
            bytes: 420,
            bundles: [
              { bundle: 5, how: 'held', bytes: 0 },
              { bundle: 2, how: 'patch', bytes: 120 },
              { bundle: 0, how: 'whole', bytes: 300 },
            ],
          },
          {
            page: 1,
            bytes: 10_320,
            bundles: [
              { bundle: 2, how: 'patch', bytes: 120 },
              { bundle: 1, how: 'whole', bytes: 10_200 },
            ],
          },
        ],
      },
      {
        id: 'r2',
        visitors: [
          {
            page: 0,
            bytes: 0,
            bundles: [5, 2, 0].map((each) => ({ bundle: each, how: 'held' as const, bytes: 0 })),
          },
        ],
      },
    ],
  };
}

/** Before: no map, moment smaller and of another version, a module that is gone. */
export function earlier(): ReportData {
  const data = fixture();
  const [moment] = data.packages;
  if (moment) moment.version = '2.29.0';
  const set = <Item>(list: Item[], index: number, change: Partial<Item>): void => {
    list[index] = { ...(list[index] as Item), ...change };
  };
  set(data.modules, 6, { size: 50_000 });
  set(data.bundles, 2, { raw: 51_100, gzip: 17_000, brotli: 12_700 });
  set(data.modules, 3, { name: './src/old-map.js' });
  set(data.bundles, 3, { name: 'old-map.js', served: 'old-map-1.js' });
  return data;
}
