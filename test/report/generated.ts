/** Reports of builds as large as one likes, the same for the same seed. What they say fits together; no program stands behind them. */
import type { ReportBundle, ReportData, ReportModule, ReportRequest } from '../../lib/report/data';

export interface Shape {
  modules: number;
  pages: number;
  /** Parts that pages load later. */
  lazy: number;
  packages: number;
}

/** A shop, a forum and an office of the size that teams complain about. */
export const LARGE: Shape = { modules: 5000, pages: 40, lazy: 120, packages: 300 };

/** Numbers from 0 to 1. (Mulberry32) */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const AREAS = [
  'account',
  'cart',
  'checkout',
  'search',
  'forum',
  'admin',
  'profile',
  'editor',
  'charts',
  'help',
];
const NOUNS = ['list', 'form', 'table', 'dialog', 'store', 'api', 'format', 'state', 'menu', 'view'];
const NAMES = [
  'react',
  'lodash',
  'moment',
  'd3-scale',
  'preact',
  'zod',
  'immer',
  'luxon',
  'redux',
  'three',
  'marked',
  'codemirror',
];

export function generate(seed: number, shape: Shape = LARGE): ReportData {
  const random = dice(seed);
  const below = (count: number): number => Math.floor(random() * count);
  const packages = Array.from({ length: shape.packages }, (_, index) => packageOf(index));
  const roots = shape.pages + shape.lazy;
  const modules = Array.from({ length: shape.modules }, (_, index): ReportModule => {
    const isOwn = index < roots || index % 5 < 2;
    // Modules ask for later ones only, so that there are no circles; for near ones of their area mostly, as in programs.
    const rest = shape.modules - index - 1;
    const near = AREAS.length * (1 + below(40));
    const far = (): number =>
      random() < 0.93 && near <= rest
        ? index + AREAS.length * (1 + below(near / AREAS.length))
        : index + 1 + below(Math.min(rest, 400));
    const count = index < roots ? 12 : 1 + below(4);
    const first = Math.max(roots, index + 1);
    const imports = [...new Set(Array.from({ length: count }, () => (rest > 0 ? far() : -1)))];
    return {
      name: nameOf(index, shape, isOwn ? undefined : (packages[index % shape.packages]?.directory ?? '')),
      ...(!isOwn && { package: index % shape.packages }),
      kind: isOwn || index % 3 > 0 ? 'esm' : 'cjs',
      bundle: -1,
      size: 60 + below(index % 50 === 0 ? 40_000 : 3000),
      source: 0,
      imports: imports.filter((to) => to >= first),
      later: [],
      workers: [],
      exports: { kept: [`use${index}`, 'default'], dropped: index % 4 === 0 ? [`spare${index}`] : [] },
      statements: { kept: 1 + below(20), dropped: below(6) },
    };
  });
  for (const module of modules) module.source = module.size * 2 + 100;
  modules.slice(0, shape.pages).forEach((page, index) => {
    for (let part = 0; part < 5; part++)
      page.later.push(shape.pages + ((index * 7 + part * 11) % shape.lazy));
    page.later = [...new Set(page.later)];
    page.keptFor = 'entry';
  });
  return bundled(modules, packages, shape);
}

function packageOf(index: number): ReportData['packages'][number] {
  const base = NAMES[index % NAMES.length] as string;
  const name = index < NAMES.length + 2 ? base : `${base}-${Math.floor(index / NAMES.length)}`;
  const isCopy = index >= NAMES.length && index < NAMES.length + 2;
  const directory = isCopy ? `node_modules/other/node_modules/${name}` : `node_modules/${name}`;
  return { name, version: isCopy ? '1.0.0' : `${2 + (index % 9)}.${index % 7}.0`, directory };
}

/** Numbers stand behind names that are there already. */
function nameOf(index: number, { pages, lazy }: Shape, directory: string | undefined): string {
  const area = AREAS[index % AREAS.length] as string;
  const noun = NOUNS[Math.floor(index / AREAS.length) % NOUNS.length] as string;
  const numbered = index < AREAS.length * NOUNS.length ? noun : `${noun}-${index}`;
  if (index < pages) return `./src/pages/${area}${index < AREAS.length ? '' : `-${numbered}`}.js`;
  if (index < pages + lazy) return `./src/parts/${area}/${numbered}.js`;
  if (directory === undefined) return `./src/${area}/${numbered}.js`;
  return `${directory.replace('node_modules/', '')}/${numbered}.js`;
}

/** Modules that the same requests need are in one bundle. */
function bundled(modules: ReportModule[], packages: ReportData['packages'], shape: Shape): ReportData {
  const roots = shape.pages + shape.lazy;
  const needed = Array.from({ length: roots }, (_, root) => reach(modules, root));
  const groups = new Map<string, number[]>();
  const most = shape.pages > 10 ? 6 : 2;
  const several = Math.ceil(shape.modules / 125);
  modules.forEach((_, index) => {
    const key = needed.flatMap((set, root) => (set.has(index) ? root : [])).join();
    // As many as there are would be thousands: in programs, far fewer differ.
    const short = key.split(',').length > most ? `many ${index % several}` : key;
    if (key !== '') groups.set(short, [...(groups.get(short) ?? []), index]);
  });
  const bundles = [...groups.values()].map((members, index): ReportBundle => {
    const core = needed.flatMap((set, root) => (members.some((member) => set.has(member)) ? root : []));
    const raw = members.reduce((sum, member) => sum + (modules[member] as ReportModule).size + 9, 60);
    for (const member of members) (modules[member] as ReportModule).bundle = index;
    const name = bundleName((modules[members[0] as number] as ReportModule).name);
    const served = name.replace('.js', `-${(index * 7919).toString(36)}.js`);
    return {
      name,
      served,
      kind: 'script',
      raw,
      gzip: (raw / 3) | 0,
      brotli: (raw / 3.5) | 0,
      modules: members,
      core,
    };
  });
  const bundlesOf = (root: number): number[] =>
    bundles.flatMap(({ core }, index) => (core.includes(root) ? index : []));
  const requests = Array.from({ length: roots }, (_, root): ReportRequest => {
    const { later } = modules[root] as ReportModule;
    return { module: root, bundles: bundlesOf(root), next: later };
  });
  return {
    version: 1,
    dynapack: '1.0.0',
    minimal: true,
    bundles,
    modules,
    packages,
    pages: requests.slice(0, shape.pages).map((request, index) => ({
      name: (modules[index] as ReportModule).name.replace(/^\.\/src\/pages\/|\.js$/g, ''),
      kind: index % 13 === 12 ? 'worker' : 'entry',
      request: index,
      bundles: request.bundles,
    })),
    requests,
    assets: [],
    warnings: [],
    releases: [
      releaseOf('2026-11-02', bundles, requests, shape, 3),
      releaseOf('2026-11-20', bundles, requests, shape, 9),
    ],
  };
}

/** As bundles are called: after a module of theirs. */
const bundleName = (module: string): string =>
  `${module.replace(/^\.\/src\/|\.js$/g, '').replaceAll('/', '-')}.js`;

/** What a root imports, and what that imports. */
function reach(modules: readonly ReportModule[], root: number): Set<number> {
  const found = new Set([root]);
  for (const each of found) for (const to of (modules[each] as ReportModule).imports) found.add(to);
  return found;
}

function releaseOf(
  id: string,
  bundles: readonly ReportBundle[],
  requests: readonly ReportRequest[],
  { pages }: Shape,
  every: number,
): NonNullable<ReportData['releases']>[number] {
  const visitors = requests.slice(0, pages).map((request, page) => {
    const parts = request.bundles.map((bundle) => {
      const how =
        bundle % every > 0 ? ('held' as const) : bundle % 2 > 0 ? ('patch' as const) : ('whole' as const);
      const whole = (bundles[bundle] as ReportBundle).brotli as number;
      return { bundle, how, bytes: how === 'held' ? 0 : how === 'patch' ? 90 + (whole >> 5) : whole };
    });
    return { page, bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0), bundles: parts };
  });
  return { id, visitors };
}
