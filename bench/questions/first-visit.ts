/** What a first visit costs: bytes of production bundles, each bundler with its own minifier, and how long a page takes to start. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { close, launch } from '../../test/helpers/chromium';
import type { AppName } from '../apps';
import { randomNumbers } from '../generate-graph';
import { jobOf, median, NotMeasured, outputOf, run } from '../measure';
import type { PeerName } from '../peers';
import type { App } from '../program';
import type { Cell, Rows } from '../table';
import { scriptsIn } from '../visits/modules';
import { type Network, type Start, type StartSite, serveStart, slow, visitStart } from '../visits/start';
import { peerFor } from './builds';
import { type Question, rowOf, type Wish } from './question';

const apps: readonly AppName[] = ['real', 'svelte', 'vue'];
const peers: readonly PeerName[] = ['dynapack', 'esbuild', 'rolldown', 'rspack', 'webpack', 'rollup'];

/** A bundler's production build of a program, with the HTML of its entry. */
interface Built {
  output: string;
  html: string;
}

async function build(peer: PeerName, app: App, { timeout }: Wish): Promise<Built> {
  if (!apps.some((name) => name === app.name)) throw new NotMeasured('only of programs with pages');
  if (!peerFor(peer, app).minifies) throw new NotMeasured('has no minifier of its own here');
  const { pages } = await run({ peer, job: jobOf(peer, app, 'minified') }, timeout);
  return { output: outputOf(peer, app, 'minified'), html: pages[app.entries[0] as string] as string };
}

/** Scripts that stand in the page itself. */
const inlineScripts = (html: string): string[] =>
  [...html.matchAll(/<script[^>]*>([\s\S]+?)<\/script>/g)].map(([, text]) => text as string);

/** Bytes: minified, under gzip, under brotli. Each text travels by itself. */
function sizesOf(texts: readonly string[]): number[] {
  const buffers = texts.map((text) => Buffer.from(text));
  const sum = (size: (buffer: Buffer) => number): number =>
    buffers.reduce((total, buffer) => total + size(buffer), 0);
  return [
    sum((buffer) => buffer.length),
    sum((buffer) => gzipSync(buffer, { level: 9 }).length),
    sum((buffer) => brotliCompressSync(buffer).length),
  ];
}

async function visit(site: StartSite, network?: Network): Promise<Start> {
  try {
    return await visitStart(await launch('browser'), site, network);
  } catch (error) {
    // It may have taken the browser with it: the next page gets another.
    await close().catch(() => undefined);
    throw new NotMeasured(`its page fails: ${String(error).split('\n')[0]}`);
  }
}

export const firstVisit: Question = {
  title: 'First visit: bytes of production builds, each bundler with its own minifier',
  apps,
  peers,
  columns: [
    { heading: 'all: minified' },
    { heading: 'gzip', ratio: true },
    { heading: 'brotli', ratio: true },
    { heading: 'first page: minified' },
    { heading: 'gzip', ratio: true },
    { heading: 'brotli', ratio: true },
  ],
  async ask(peer, app, wish) {
    const { output, html } = await build(peer, app, wish);
    const read = (file: string): string => readFileSync(join(output, file), 'utf8');
    const inline = inlineScripts(html);
    const site = await serveStart(output, html);
    try {
      const { first } = await visit(site);
      const fetched = first.map((path) => read(decodeURIComponent(path.slice(1))));
      return [...sizesOf([...inline, ...scriptsIn(output).map(read)]), ...sizesOf([...inline, ...fetched])];
    } finally {
      site.close();
    }
  },
};

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const keys = new Map(items.map((item) => [item, random()]));
  return [...items].sort((a, b) => (keys.get(a) as number) - (keys.get(b) as number));
}

/** A round of visits of one site: on a fast network and on a slow one. */
async function round(site: StartSite): Promise<number[]> {
  const fast = await visit(site);
  const { entry } = await visit(site, slow);
  return [fast.entry, entry, fast.work, fast.heap];
}

export const start: Question = {
  title: 'Start, in Chromium with an empty cache: until the entry has run; then all pages are shown',
  apps,
  peers,
  columns: [
    { heading: 'ms to entry', ratio: true },
    { heading: 'at 1.6 Mbit/s, 150 ms', ratio: true },
    { heading: 'ms of main thread', ratio: true },
    { heading: 'MB of heap', digits: 1, ratio: true },
  ],
  async askTogether(asked, prepare, wish) {
    const rows: Rows = {};
    const sites = new Map<PeerName, StartSite>();
    const rounds = new Map(asked.map((peer): [PeerName, number[][]] => [peer, []]));
    for (const peer of asked) {
      rows[peer] = await rowOf(async () => {
        const { output, html } = await build(peer, prepare(), wish);
        sites.set(peer, await serveStart(output, html));
        return [];
      });
    }
    const random = randomNumbers(1);
    // By turns, so that what else the machine does meets all of them, and in any order, since the browser still clears away
    // the visit before. The first round, not counted, warms up.
    for (let count = wish.runs > 1 ? 0 : 1; count <= wish.runs; count++) {
      for (const [peer, site] of shuffled([...sites], random)) {
        const row = await rowOf(() => round(site));
        if (typeof row === 'string') {
          rows[peer] = row;
          sites.delete(peer);
          site.close();
        } else if (count > 0) rounds.get(peer)?.push(row as number[]);
      }
    }
    for (const [peer, site] of sites) {
      const measured = rounds.get(peer) as number[][];
      rows[peer] = (measured[0] as number[]).map(
        (_, index): Cell => median(measured.map((each) => each[index] as number)),
      );
      site.close();
    }
    return rows;
  },
};
