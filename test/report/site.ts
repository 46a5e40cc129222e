/** A small site with something of everything, built as tasks build it, and what its files on the disk say. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import dynapack from 'dynapack';
import { dest } from 'vinyl-fs';
import { createTee } from '../../lib/streams/tee';
import { hush } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

const rev = (require('gulp-rev') as { default(): Duplex }).default;
const revRewrite = (require('gulp-rev-rewrite') as { default(): Duplex }).default;

const filler = (name: string, lines: number): string =>
  Array.from(
    { length: lines },
    (_, line) => `self.${name}${line} = '${name} ${line * 7919} of ${name}';`,
  ).join('\n');

/** Pages `home` and `about`; a map that is loaded later, a worker, styles, an image, and packages: `moment` is in two versions. */
export const site: ProjectFiles = {
  'package.json': { name: 'site' },
  'src/home.js': `import './home.css';
    import { format, used } from './dates.js';
    import { card } from './cards.module.css';
    import logo from './logo.png';
    self.home = [format(), used, card, logo];
    self.open = () => import('./map.js');
    self.start = () => new Worker(new URL('./worker.js', import.meta.url));`,
  'src/about.js': `import { used } from './dates.js'; import './menu.css'; self.about = used;`,
  'src/dates.js': `import moment from 'moment'; import { unneeded } from 'pure';
    export const format = () => moment('x');
    export const used = ['used'];
    export const unused = () => unneeded();
    function helper() { return 1; }`,
  'src/map.js': `import { used } from './dates.js'; import tiles from 'tiles'; import './map.css';
    ${filler('map', 30)}
    export const map = [used, tiles];`,
  'src/worker.js': `import { used } from './dates.js'; self.postMessage(used);`,
  'src/home.css': "@import './menu.css'; .home { color: red; background: url(./logo.png) }",
  'src/menu.css': '.menu { color: green }',
  'src/map.css': '.map { color: blue }',
  'src/cards.module.css': '.card { color: teal }',
  'src/logo.png': Buffer.from('89504e470d0a1a0a', 'hex'),
  'node_modules/moment/package.json': { name: 'moment', version: '2.29.4', main: 'moment.js' },
  'node_modules/moment/moment.js': `${filler('moment', 80)}\nmodule.exports = function moment(x) { return x; };`,
  'node_modules/tiles/package.json': { name: 'tiles', version: '1.0.0', main: 'index.js' },
  'node_modules/tiles/index.js': "module.exports = ['tiles', require('moment')];",
  'node_modules/tiles/node_modules/moment/package.json': {
    name: 'moment',
    version: '1.7.0',
    main: 'moment.js',
  },
  'node_modules/tiles/node_modules/moment/moment.js': "module.exports = 'an old moment';",
  'node_modules/pure/package.json': { name: 'pure', version: '3.0.0', main: 'index.js', sideEffects: false },
  'node_modules/pure/index.js': 'export const unneeded = () => 1;',
};

export const makeSite = (changes: ProjectFiles = {}): Project => new Project({ ...site, ...changes });

export interface SiteTask {
  entries?: string[];
  /** Whether patches are made, and names have hashes. */
  releases?: string;
  options?: dynapack.Options;
  report?: dynapack.ReportOptions;
  minify?: boolean;
}

export interface BuiltSite {
  data: dynapack.ReportData;
  /** Relative path of each File that `report()` gave, with what it holds. */
  reports: Record<string, string>;
  metadata: dynapack.BuildMetadata;
}

/** Builds into `out/`; the report is written to `reports/` as well. */
export async function buildSite(project: Project, task: SiteTask = {}): Promise<BuiltSite> {
  const { entries = ['home', 'about'], releases, options, report, minify = true } = task;
  const updates = releases === undefined ? {} : { updates: 'page' as const };
  const pack = hush(dynapack({ root: project.directory, prefix: '/js/', ...updates, ...options }));
  let metadata: dynapack.BuildMetadata | undefined;
  pack.on('bundled', (found) => {
    metadata = found;
  });
  for (const entry of entries) pack.write(project.path(`src/${entry}.js`));
  pack.end();
  const written = (): Duplex => dest(project.path('out')) as Duplex;
  const made = pack.report({ json: true, ...report });
  const reports = made.pipe(dest(project.path('reports')));
  const found: Record<string, string> = {};
  made.on('data', (file) => {
    found[file.relative] = String(file.contents);
  });
  const finished = new Promise((onFinished, onFailure) =>
    reports.once('finish', onFinished).once('error', onFailure),
  );
  finished.catch(() => undefined);
  const patches: Duplex[] =
    releases === undefined
      ? []
      : [rev(), revRewrite(), written(), pack.patches({ releases: project.path(releases) })];
  await pipeline([
    pack as Duplex,
    ...(minify ? [pack.minify()] : []),
    ...patches,
    written(),
    createTee(made) as unknown as Duplex,
    pack.scripts(),
    dest(project.path('views')) as Duplex,
  ]);
  await finished;
  const name = report?.file ?? 'report.json';
  const text =
    found[name] ??
    (existsSync(join(project.directory, 'reports', name))
      ? readFileSync(project.path(`reports/${name}`), 'utf8')
      : '{}');
  const data = (text.startsWith('{') ? JSON.parse(text) : {}) as dynapack.ReportData;
  return { data, reports: found, metadata: metadata as dynapack.BuildMetadata };
}

/** Sizes of a file that was written. */
export function sizesOnDisk(project: Project, served: string) {
  const bytes = readFileSync(project.path(`out/${served}`));
  return { raw: bytes.length, gzip: gzipSync(bytes).length, brotli: brotliCompressSync(bytes).length };
}

type Named = { name: string };

/** The one that is called so. */
export function named<Item extends Named>(items: readonly Item[], name: string): Item {
  const found = items.find((item) => item.name === name);
  if (!found) throw new Error(`no '${name}' among ${items.map((item) => item.name).join(', ')}`);
  return found;
}

/** Names by index. */
export const namesOf = (items: readonly Named[], indices: readonly number[]): string[] =>
  indices.map((index) => items[index]?.name as string);
