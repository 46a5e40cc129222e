/** What visitors of earlier releases download, as a table for people. */
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { isStyleName } from '../core/styles/names';
import type { Release } from '../releases/manifest';

/** A File of this build. */
export interface MadeText {
  /** Name of the bundle. */
  bundle: string;
  text: string;
}

export interface MadePatch extends MadeText {
  /** Versions that it is made of. */
  from: string[];
}

interface Sizes {
  raw: number;
  gzip: number;
  brotli: number;
}

function sizesOf(text: string): Sizes {
  const bytes = Buffer.from(text);
  return { raw: bytes.length, gzip: gzipSync(bytes).length, brotli: brotliCompressSync(bytes).length };
}

const add = (a: Sizes, b: Sizes): Sizes => ({
  raw: a.raw + b.raw,
  gzip: a.gzip + b.gzip,
  brotli: a.brotli + b.brotli,
});

const none: Sizes = { raw: 0, gzip: 0, brotli: 0 };

const COLUMN = 13;

const cells = ({ raw, gzip, brotli }: Sizes): string =>
  [raw, gzip, brotli].map((size) => String(size).padStart(COLUMN)).join('');

/** Bundles that visitors of a release do not have, with their sizes in full and as they come: styles that pages start with are links, which browsers fetch whole. */
function changes(
  { bundles: old }: Release,
  latest: Release,
  full: ReadonlyMap<string, Sizes>,
  patches: readonly (Sizes & MadePatch)[],
): { name: string; full: Sizes; sent: Sizes; isPatch: boolean }[] {
  const held = new Set(Object.values(old).map(({ version }) => version));
  const links = new Set(Object.values(latest.entries).flat().filter(isStyleName));
  const changed = Object.entries(latest.bundles).filter(([, { version }]) => !held.has(version));
  return changed.map(([name]) => {
    const whole = full.get(name) ?? none;
    const usable = patches.filter(
      ({ bundle, from }) => bundle === name && !links.has(name) && from.every((each) => held.has(each)),
    );
    const [best] = usable.sort((a, b) => a.brotli - b.brotli);
    return { name, full: whole, sent: best ?? whole, isPatch: best !== undefined };
  });
}

/**
 * For each earlier release, what its visitors download of each bundle that they do not have: in full, and with the patches.
 * @param releases all that are kept, the newest last: the one that was built
 */
export function describeUpdates(
  releases: readonly Release[],
  bundles: readonly MadeText[],
  patches: readonly MadePatch[],
): string {
  const latest = releases.at(-1);
  if (latest === undefined || releases.length < 2)
    return 'The first release: there is nothing to make patches of\n';
  const full = new Map(bundles.map(({ bundle, text }) => [bundle, sizesOf(text)]));
  const sized = patches.map((patch) => ({ ...patch, ...sizesOf(patch.text) }));
  const width = Math.max(24, ...bundles.map(({ bundle }) => bundle.length));
  const heading = (title: string): string =>
    ['raw', 'gzip', 'brotli'].map((name) => `${title} ${name}`.padStart(COLUMN)).join('');
  const head = `    ${'bytes'.padEnd(width)}${heading('all')}${heading('sent')}`;
  const lines = ['', 'Updates, for visitors of earlier releases:', head];
  for (const release of releases.slice(0, -1).reverse()) {
    const rows = changes(release, latest, full, sized);
    const all = rows.map((row) => row.full).reduce(add, none);
    const sent = rows.map((row) => row.sent).reduce(add, none);
    lines.push(`  ${`release ${release.number}`.padEnd(width + 2)}${cells(all)}${cells(sent)}`);
    for (const row of rows) {
      const note = row.isPatch ? '' : ' in full';
      lines.push(`    ${row.name.padEnd(width)}${cells(row.full)}${cells(row.sent)}${note}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
