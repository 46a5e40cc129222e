/** Releases of a small site, made by dynapack, with the rows and patches that its loader updates from. */
import { createHash } from 'node:crypto';
import { findScript, type LoaderConfig, updatingLoader } from '#client';
import { encodePatch } from '../../lib/patch/encode';
import { loaderCall, loaderFile as renderLoaderFile } from '../../lib/render/loader';
import type { Packed } from '../helpers/pack';
import type { ProjectFiles } from '../helpers/project';
import { packFiles } from '../pages/sources';
import { hash, tools } from '../patch/tools';

/** One bundle of a release. */
export interface ReleasedBundle {
  text: string;
  /** Short version. */
  version: string;
  integrity: string;
  served: string;
  /** The `from`s of its patches. */
  patches: string[];
}

export interface Release {
  packed: Packed;
  bundles: Map<string, ReleasedBundle>;
  /** Path on the site → patch. */
  patches: Map<string, string>;
}

/** A module that says that it runs and in which version, with as much text besides as modules usually have. */
function moduleText(name: string, version: number, before = ''): string {
  const padding = Array.from({ length: 40 }, (_, index) => {
    const mark = createHash('md5').update(`${name}${index}`).digest('hex');
    return `exports.f${index} = function (value) { return value + '${mark}'; };\n`;
  });
  return `${before}(self.log = self.log || []).push('${name} ${version}');\n${padding.join('')}`;
}

/** Gives the page a function that loads a module later. */
const offers = `self.offers = {
  part(callback) {
    const id = './part' /*js*/;
    require('node-ensure')([id], (error) => callback(error || require(id)));
  },
  extra(callback) { import('./extra').then(callback, callback); },
};\n`;

/** Sources whose modules are in the given versions. */
export function sources(
  versions: Record<'home' | 'shop' | 'shared' | 'part' | 'extra', number>,
): ProjectFiles {
  return {
    'home.js': moduleText('home', versions.home, `require('./shared');\n${offers}`),
    'shop.js': moduleText('shop', versions.shop, "require('./shared');\n"),
    'shared.js': moduleText('shared', versions.shared),
    'part.js': moduleText('part', versions.part),
    'extra.js': moduleText('extra', versions.extra),
  };
}

export const integrityOf = (text: string): string =>
  `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** Makes a release, with a patch from each earlier one for each bundle that has changed since. */
export async function makeRelease(files: ProjectFiles, history: readonly Release[]): Promise<Release> {
  const packed = await packFiles(files, ['home.js', 'shop.js']);
  const release: Release = { packed, bundles: new Map(), patches: new Map() };
  for (const [name, text] of Object.entries(packed.bundles)) {
    const version = hash(text).slice(0, 11);
    const served = name.replace(/\.js$/, `-${version}.js`);
    const bundle: ReleasedBundle = { text, version, integrity: integrityOf(text), served, patches: [] };
    release.bundles.set(name, bundle);
    for (const old of history) addPatch(release, name, bundle, old);
  }
  return release;
}

/** Name of the bundle of what both pages need. */
export const SHARED = 'shared-shared.js';

/** Bundles whose patches are for several old ones, so that there are such, too. */
const BASES: Record<string, string[]> = { 'part.js': [SHARED, 'part.js'] };

function addPatch(release: Release, name: string, bundle: ReleasedBundle, old: Release): void {
  const bases = (BASES[name] ?? [name]).map((base) => old.bundles.get(base) as ReleasedBundle);
  const from = bases.map(({ version }) => version).join('.');
  const isKnown = bundle.patches.includes(from) || old.bundles.get(name)?.version === bundle.version;
  if (isKnown) return;
  const texts = bases.map(({ text }) => text);
  bundle.patches.push(from);
  release.patches.set(patchName(bundle, from), encodePatch(texts, bundle.text, tools));
}

/** Path of a patch on the site. */
const patchName = ({ version }: ReleasedBundle, from: string): string => `/js/patches/${version}.${from}.txt`;

const bundleOf = (release: Release, name: string): ReleasedBundle =>
  release.bundles.get(name) as ReleasedBundle;

/** Short versions of bundles. */
export const versionsOf = (release: Release, ...names: string[]): string[] =>
  names.map((name) => bundleOf(release, name).version);

/** Paths of bundles on the site, in alphabetical order. */
export const pathsOf = (release: Release, ...names: string[]): string[] =>
  names.map((name) => `/js/${bundleOf(release, name).served}`).sort();

/** Paths on the site of the first patches for bundles, in alphabetical order. */
export function patchPathsOf(release: Release, ...names: string[]): string[] {
  const bundles = names.map((name) => bundleOf(release, name));
  return bundles.map((bundle) => patchName(bundle, bundle.patches[0] as string)).sort();
}

/** What the loader of an entry's page is called with: bundles of the entry without patches have tags, and are the first. */
export function configOf(release: Release, entry: string): LoaderConfig {
  const manifest = JSON.parse(release.packed.scripts['manifest.json'] as string) as {
    entries: Record<string, { config: LoaderConfig }>;
  };
  const { config } = manifest.entries[entry] as { config: LoaderConfig };
  const rows = config.b.map(([module, name]): LoaderConfig['b'][number] => {
    const { served, integrity, patches } = bundleOf(release, name);
    return [module, served, integrity, ...patches];
  });
  const tagged = (config.r[config.e] as number[]).filter((index) => rows[index]?.length === 3);
  const order = [...new Set([...tagged, ...rows.keys()])];
  const roots = Object.entries(config.r).map(([root, indices]) => {
    return [root, indices.map((index) => order.indexOf(index))] as const;
  });
  return {
    ...config,
    p: '/js/',
    b: order.map((index) => rows[index] as LoaderConfig['b'][number]),
    r: Object.fromEntries(roots),
    d: tagged.length,
  };
}

const texts = { loader: updatingLoader, findScript };

/** The script of a page that updates bundles. */
export const updatingScript = (config: LoaderConfig, hasNonce = false): string =>
  loaderCall(texts, config, hasNonce);

/** The text of the updating loader's own file. */
export const loaderFile = renderLoaderFile(texts);

/** Three releases: of the second, what all pages share is new; of the third, what few pages need. */
export async function threeReleases(): Promise<[Release, Release, Release]> {
  const one = await makeRelease(sources({ home: 1, shop: 1, shared: 1, part: 1, extra: 1 }), []);
  const two = await makeRelease(sources({ home: 1, shop: 1, shared: 2, part: 2, extra: 1 }), [one]);
  const three = await makeRelease(sources({ home: 3, shop: 1, shared: 2, part: 3, extra: 3 }), [two, one]);
  return [one, two, three];
}
