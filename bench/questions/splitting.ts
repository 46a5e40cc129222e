/** How programs are split, and what visitors of their pages fetch: generated programs, whose graph is known. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { split } from '../../lib/core/split';
import type { ModuleGraph } from '../../lib/model';
import { launch } from '../../test/helpers/chromium';
import { randomNumbers } from '../generate-graph';
import { NotMeasured, outputOf } from '../measure';
import type { PeerName } from '../peers';
import type { App } from '../program';
import { readBundles } from '../visits/modules';
import { type Request, visit } from '../visits/visit';
import { type Waste, wasteOf } from '../visits/waste';
import { coldBuilds } from './builds';
import type { Question, Wish } from './question';

/** Roots that a visitor requests after the entry. */
const REQUESTS = 5;

/** Visits per run that is asked for. */
const VISITS_PER_RUN = 3;

interface Visited {
  graph: ModuleGraph;
  /** Script → its modules. */
  bundles: Map<string, number[]>;
  visits: Request[][];
}

const done = new Map<string, Promise<Visited>>();

function graphOf({ graph }: App): ModuleGraph {
  if (graph === undefined) throw new NotMeasured('only of generated programs is known what they need');
  return graph;
}

/** Bundles as the last cold build has left them. */
async function bundled(peer: PeerName, app: App, wish: Wish) {
  const [build] = await coldBuilds(peer, app, { ...wish, runs: 1 });
  return {
    graph: graphOf(app),
    pages: build?.pages ?? {},
    bundles: readBundles(outputOf(peer, app, 'cold')),
  };
}

/** The same visits for every bundler, made once for all questions. */
function visits(peer: PeerName, app: App, wish: Wish): Promise<Visited> {
  const key = `${peer} ${app.name}`;
  const found = done.get(key) ?? visitAll(peer, app, wish);
  done.set(key, found);
  return found;
}

async function visitAll(peer: PeerName, app: App, wish: Wish): Promise<Visited> {
  const { graph, pages, bundles } = await bundled(peer, app, wish);
  const browser = await launch('browser');
  const output = outputOf(peer, app, 'cold');
  const made: Request[][] = [];
  for (let seed = 1; seed <= wish.runs * VISITS_PER_RUN; seed++) {
    const random = randomNumbers(seed);
    const below = (limit: number): number => Math.floor(random() * limit);
    const number = below(app.entries.length);
    const html = pages[app.entries[number] as string] as string;
    const plan = { entry: graph.entries[number] as number, html, requests: REQUESTS, below };
    made.push(await visit(browser, output, plan));
  }
  return { graph, bundles, visits: made };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const percent = (part: number, whole: number): number => (100 * part) / whole;

export const bundles: Question = {
  title: 'Bundles, and modules that are in several',
  apps: ['1k', '1k-cjs', '10k'],
  columns: [
    { heading: 'bundles' },
    { heading: 'minimum' },
    { heading: 'bundles / minimum', digits: 3 },
    { heading: 'other scripts' },
    { heading: 'repeated modules %', digits: 1 },
  ],
  async ask(peer, app, wish) {
    const { graph, bundles: found } = await bundled(peer, app, wish);
    const lists = [...found.values()].filter((modules) => modules.length > 0);
    const minimum = split(graph).bundles.length;
    const all = lists.flat();
    const distinct = new Set(all).size;
    const repeated = percent(all.length - distinct, distinct);
    return [lists.length, minimum, lists.length / minimum, found.size - lists.length, repeated];
  },
};

function addWaste(all: readonly Waste[]): Waste {
  const total = (kind: keyof Waste): number => sum(all.map((waste) => waste[kind]));
  return { needed: total('needed'), early: total('early'), again: total('again') };
}

export const overfetch: Question = {
  title: `Over-fetch in visits with ${REQUESTS} requests, in bytes of modules`,
  apps: ['1k', '10k'],
  columns: [
    { heading: 'fetched early %', digits: 1 },
    { heading: 'fetched again %', digits: 1 },
    { heading: 'failed requests' },
    { heading: 'requests' },
  ],
  async ask(peer, app, wish) {
    const visited = await visits(peer, app, wish);
    const sizes = (app.paths ?? []).map((path) => statSync(join(app.directory, path)).size);
    const served = { ...visited, sizeOf: (module: number) => sizes[module] as number };
    const { needed, early, again } = addWaste(visited.visits.map((requests) => wasteOf(requests, served)));
    const requests = visited.visits.flat();
    const failed = requests.filter(({ succeeded }) => !succeeded).length;
    return [percent(early, needed), percent(again, needed), failed, requests.length];
  },
};

export const trips: Question = {
  title: 'Round trips one after the other, per request that fetches anything',
  apps: ['1k', '10k'],
  columns: [
    { heading: 'mean', digits: 2 },
    { heading: 'most' },
    { heading: 'scripts per request', digits: 1 },
    { heading: 'requests that fetch' },
  ],
  async ask(peer, app, wish) {
    const made = (await visits(peer, app, wish)).visits.flat().filter(({ files }) => files.length > 0);
    const counts = made.map(({ roundTrips }) => roundTrips);
    const files = sum(made.map((request) => request.files.length));
    return [sum(counts) / made.length, Math.max(...counts), files / made.length, made.length];
  },
};
