import { expect } from 'chai';
import { listClasses, listRequests, membersOf } from '../core/oracle';
import type { Packed } from '../helpers/pack';
import { pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { visitsInNode } from './node-visits';
import { html, leave, type PackSite, serveNothing, snippets, type Visitor, visitor } from './pages';
import {
  fileOf,
  offerName,
  type Program,
  type Request,
  randomProgram,
  randomVisit,
  sourcesOf,
} from './random-programs';

const GRAPHS_PER_TEST = 6;
const TESTS = 10;

function permutations(items: readonly number[]): number[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}

/** Modules of a bundle as numbers of the graph. */
function numbersOf(paths: readonly string[], { graph }: Program): number[] {
  return paths
    .map((path) => (/\/m(\d+)\.js$/.exec(path) ? Number(/\/m(\d+)\.js$/.exec(path)?.[1]) : graph.size - 1))
    .sort((a, b) => a - b);
}

/** One program, its visit in all orders in which its first entries can run, and its bundles. */
interface Case {
  program: Program;
  visit: Request[];
  packed: Packed;
  /** The logs the visit may have; they differ in which entry comes first. */
  logs: string[][];
}

/** Writes and bundles programs, and visits them in Node. */
async function prepare(seeds: readonly number[]): Promise<Case[]> {
  const files: ProjectFiles = {};
  const drafts = seeds.map((seed) => {
    const program = randomProgram(seed);
    const visit = randomVisit(program, seed);
    const orders = permutations(visit[0]!.roots);
    for (const order of orders.keys()) {
      for (const [name, text] of Object.entries(sourcesOf(program))) files[`${seed}/${order}/${name}`] = text;
    }
    return { seed, program, visit, orders };
  });
  const project = new Project(files).link('node-ensure');
  const logs = await visitsInNode(
    drafts.flatMap(({ seed, visit, orders }) =>
      orders.map((order, index) => ({
        entries: order.map((entry) => project.path(`${seed}/${index}/${fileOf(entry)}`)),
        asks: visit.slice(1).map(offerName),
      })),
    ),
  );
  const cases: Case[] = [];
  for (const { seed, program, visit, orders } of drafts) {
    const packed = await pack(
      program.graph.entries.map((entry) => project.path(`${seed}/0/${fileOf(entry)}`)),
      { prefix: `/${seed}/`, root: project.directory },
    );
    cases.push({ program, visit, packed, logs: logs.splice(0, orders.length) });
  }
  return cases;
}

/** Modules of the bundles fetched since the last call, in order; a bundle fetched twice has its modules twice. */
function transferred(site: PackSite, { packed, program }: Case): number[] {
  const paths = site.fetched().flatMap((name) => packed.metadata.bundles[name] as string[]);
  return numbersOf(paths, program);
}

async function follow({ program, visit, packed, logs }: Case, site: PackSite, guest: Visitor): Promise<void> {
  const [start, ...rest] = visit as [Request, ...Request[]];
  const entries = start.roots.map((entry) => `m${entry}`);
  site.set('/', html(...snippets(packed, entries)));
  site.forget();
  await guest.open(`${site.url}/`);
  await guest.untilRun(...entries.map((entry) => `${entry} ends`));
  const transfers = [transferred(site, { program, visit, packed, logs })];
  for (const request of rest) {
    expect(await guest.ask(offerName(request))).to.deep.equal(['[object Object]']);
    transfers.push(transferred(site, { program, visit, packed, logs }));
  }
  expect(transfers).to.deep.equal(visit.map(({ arriving }) => membersOf(arriving)));
  expect(logs).to.deep.include(await guest.log());
  expect(guest.uncaught).to.deep.equal([]);
}

describe('pages: random programs', () => {
  afterEach(leave);

  for (let test = 0; test < TESTS; test++) {
    const seeds = Array.from({ length: GRAPHS_PER_TEST }, (_, index) => 1 + test * GRAPHS_PER_TEST + index);
    it(`transfer what is needed and run as in Node, seeds ${seeds[0]} to ${seeds.at(-1)}`, async () => {
      const cases = await prepare(seeds);
      const site = await serveNothing();
      const guest = await visitor();
      for (const [index, found] of cases.entries()) {
        const { program, packed } = found;
        const classes = listClasses(program.graph, listRequests(program.graph));
        const bundles = Object.values(packed.metadata.bundles).map((paths) => numbersOf(paths, program));
        expect(bundles, `seed ${seeds[index]}`).to.have.deep.members(classes);
        site.add(packed, `/${seeds[index]}/`);
        await follow(found, site, guest).catch((error) => {
          error.message = `seed ${seeds[index]}: ${error.message}`;
          throw error;
        });
      }
    });
  }

  it('are worth the trouble', () => {
    const programs = Array.from({ length: GRAPHS_PER_TEST * TESTS }, (_, index) => randomProgram(index + 1));
    const visits = programs.map((program, index) => randomVisit(program, index + 1));
    const transfers = visits.flatMap((visit) => visit.slice(1));
    expect(visits.filter(([start]) => start!.roots.length > 1)).to.have.lengthOf.above(8);
    expect(transfers.filter(({ arriving }) => arriving !== 0)).to.have.lengthOf.above(50);
    expect(transfers.filter(({ arriving }) => arriving === 0)).to.have.lengthOf.above(20);
  });
});
