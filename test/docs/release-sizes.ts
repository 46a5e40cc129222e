/** What visitors of examples/releases download, and the drawing of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { drawing, element, text } from './svg';

/** Bytes after brotli that a page of a release takes. */
export interface Release {
  /** Without patches. */
  whole: number;
  /** For who has the release before. */
  patched: number;
}

interface Bundle {
  url: string;
  version: string;
  patches: { from: string[]; size: number }[];
}

/** @param directory the example, built */
export function readReleases(directory: string): Release[] {
  const releases = [1, 2, 3].map((number) => {
    const manifest = JSON.parse(readFileSync(join(directory, `snippets/${number}/manifest.json`), 'utf8'));
    return Object.values(manifest.bundles as Record<string, Bundle>);
  });
  const sizeOf = ({ url }: Bundle): number =>
    brotliCompressSync(readFileSync(join(directory, 'public', url))).length;
  const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);
  return releases.map((bundles, index) => {
    const held = new Set((releases[index - 1] ?? []).map(({ version }) => version));
    const costOf = (bundle: Bundle): number => {
      if (held.has(bundle.version)) return 0;
      const patch = bundle.patches.find(({ from }) => from.every((version) => held.has(version)));
      return patch?.size ?? sizeOf(bundle);
    };
    return { whole: sum(bundles.map(sizeOf)), patched: sum(bundles.map(costOf)) };
  });
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

const WORDS = ['first visit', 'after Preact 10.29 and Chart.js 4.5', 'after Chart.js 4.6'];

export function drawReleases(releases: readonly Release[]): string {
  const most = Math.max(...releases.map(({ whole }) => whole));
  const lengthOf = (bytes: number): number => Math.max(2, Math.round((bytes / most) * 400));
  const rows = releases.flatMap(({ whole, patched }, index) => {
    const y = 70 + index * 66;
    return [
      text(32, y + 2, `release ${index + 1}`),
      text(32, y + 20, WORDS[index] as string, 'soft'),
      element('rect', { class: 'whole', x: 290, y: y - 12, width: lengthOf(whole), height: 13, rx: 2 }),
      text(298 + lengthOf(whole), y, kilobytes(whole), 'soft'),
      element('rect', { class: 'patched', x: 290, y: y + 9, width: lengthOf(patched), height: 13, rx: 2 }),
      text(298 + lengthOf(patched), y + 21, kilobytes(patched)),
    ];
  });
  return drawing(790, 252, 'What a returning visitor downloads in three releases, with and without patches', [
    element('rect', { class: 'whole', x: 290, y: 19, width: 13, height: 13, rx: 2 }),
    text(310, 30, 'whole bundles', 'soft'),
    element('rect', { class: 'patched', x: 420, y: 19, width: 13, height: 13, rx: 2 }),
    text(440, 30, 'with patches', 'soft'),
    ...rows,
  ]);
}
