import { expect } from 'chai';
import dynapack from 'dynapack';
import { listClasses, listRequests, membersOf } from '../core/oracle';
import { finish, type Packed } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { visitsInNode } from './node-visits';
import {
  html,
  leave,
  type PackSite,
  permutations,
  serveNothing,
  snippets,
  type Visitor,
  visitor,
} from './pages';
import { fileOf, listSamples, offerName, type Program, type Sample, sourcesOf } from './random-programs';

const PER_TEST = 8;
const samples = listSamples(48);

/** Modules of a bundle as numbers of the graph. */
function numbersOf(paths: readonly string[], { count }: Program): number[] {
  const helper = (path: string): number => (path.includes('node-ensure') ? count : count + 1);
  const numberOf = (path: string): number => Number(/\/m(\d+)\.js$/.exec(path)?.[1] ?? helper(path));
  return paths.map(numberOf).sort((a, b) => a - b);
}

/** The orders in which the entries on the first page can run: which bundle comes first is for the network to say. */
const startsOf = ({ visit }: Sample): number[][] => permutations(visit[0]?.roots ?? []);

/** Every program in several copies, one for each order of its first entries: `<seed>/<order>/m0.js`. */
function filesOf(chosen: readonly Sample[]): ProjectFiles {
  const files: ProjectFiles = {};
  for (const sample of chosen) {
    for (const order of startsOf(sample).keys()) {
      for (const [name, text] of Object.entries(sourcesOf(sample.program)))
        files[`${sample.seed}/${order}/${name}`] = text;
    }
  }
  return files;
}

/** What each visit may log: one log for each order of the first entries. */
async function logsInNode(chosen: readonly Sample[], project: Project): Promise<string[][][]> {
  const visits = chosen.flatMap((sample) =>
    startsOf(sample).map((start, order) => ({
      entries: start.map((entry) => project.path(`${sample.seed}/${order}/${fileOf(entry)}`)),
      asks: sample.visit.slice(1).map(offerName),
    })),
  );
  const logs = await visitsInNode(visits);
  return chosen.map((sample) => logs.splice(0, startsOf(sample).length));
}

/** Nothing may be cached here, so that each transfer is seen. Then bundles that several tags ask for come as often: without tags. */
function packSample({ seed, program, visit }: Sample, project: Project, requestCost = 0): Promise<Packed> {
  const stream = dynapack({ prefix: `/${seed}/`, root: project.directory, split: { requestCost } });
  for (const entry of program.graph.entries) stream.write(project.path(`${seed}/0/${fileOf(entry)}`));
  stream.end();
  const isTogether = (visit[0]?.roots.length ?? 0) > 1;
  return finish(stream, isTogether ? { mode: 'async' } : {});
}

/** Makes the visit; gives the modules each request transferred, one that came twice twice. */
async function follow({ program, visit }: Sample, packed: Packed, site: PackSite, guest: Visitor) {
  const transferred = (): number[] => {
    const paths = site.fetched().flatMap((name) => packed.metadata.bundles[name] as string[]);
    return numbersOf(paths, program);
  };
  const entries = visit[0]?.roots.map((entry) => `m${entry}`) ?? [];
  site.set('/', html(...snippets(packed, entries)));
  site.forget();
  await guest.open(`${site.url}/`);
  await guest.untilRun(...entries.map((entry) => `${entry} ends`));
  const transfers = [transferred()];
  for (const request of visit.slice(1)) {
    expect(await guest.ask(offerName(request))).to.deep.equal(['[object Object]']);
    transfers.push(transferred());
  }
  return transfers;
}

async function expectRight(sample: Sample, packed: Packed, logs: string[][], guest: Visitor): Promise<void> {
  const { seed, program, visit } = sample;
  const bundles = Object.values(packed.metadata.bundles).map((paths) => numbersOf(paths, program));
  const classes = listClasses(program.graph, listRequests(program.graph));
  expect(bundles, `bundles of seed ${seed}`).to.have.deep.members(classes);
  const site = await serveNothing();
  site.add(packed, `/${seed}/`);
  const transfers = await follow(sample, packed, site, guest);
  const expected = visit.map(({ arriving }) => membersOf(arriving));
  expect(transfers, `transfers of seed ${seed}`).to.deep.equal(expected);
  expect(logs, `logs of seed ${seed}`).to.deep.include(await guest.log());
  expect(guest.uncaught, `errors of seed ${seed}`).to.deep.equal([]);
}

describe('pages: random programs', () => {
  afterEach(leave);

  for (let first = 0; first < samples.length; first += PER_TEST) {
    const chosen = samples.slice(first, first + PER_TEST);
    const seeds = chosen.map(({ seed }) => seed).join(', ');
    it(`transfer what is needed, in the fewest bundles, and run as in Node: seeds ${seeds}`, async () => {
      const project = new Project(filesOf(chosen)).link('node-ensure');
      const logs = await logsInNode(chosen, project);
      const guest = await visitor();
      for (const [index, sample] of chosen.entries()) {
        await expectRight(sample, await packSample(sample, project), logs[index] as string[][], guest);
      }
    });
  }

  it('transfer all that is needed, and nothing twice, in merged bundles, and run as in Node', async () => {
    const chosen = samples.slice(0, 24);
    const project = new Project(filesOf(chosen)).link('node-ensure');
    const logs = await logsInNode(chosen, project);
    const guest = await visitor();
    let mergers = 0;
    for (const [index, sample] of chosen.entries()) {
      const label = `seed ${sample.seed}`;
      const packed = await packSample(sample, project, 800);
      const { price } = packed.metadata;
      if (price && price.after < price.before) mergers++;
      const site = await serveNothing();
      site.add(packed, `/${sample.seed}/`);
      const there = new Set<number>();
      const transfers = await follow(sample, packed, site, guest);
      for (const [step, transferred] of transfers.entries()) {
        expect(
          transferred.filter((module) => there.has(module)),
          `${label}: twice`,
        ).to.deep.equal([]);
        for (const module of transferred) there.add(module);
        const { arriving } = sample.visit[step] as { arriving: number };
        expect([...there], `${label}: needed`).to.include.members(membersOf(arriving));
      }
      expect(logs[index], label).to.deep.include(await guest.log());
      expect(guest.uncaught, label).to.deep.equal([]);
    }
    expect(mergers).to.be.above(8);
  });

  it('are worth the trouble', () => {
    const later = samples.flatMap(({ visit }) => visit.slice(1));
    expect(samples.filter(({ visit }) => (visit[0]?.roots.length ?? 0) > 1)).to.have.lengthOf.above(8);
    expect(later.filter(({ arriving }) => arriving !== 0)).to.have.lengthOf.above(60);
    expect(later.filter(({ arriving }) => arriving === 0)).to.have.lengthOf.above(40);
  });
});
