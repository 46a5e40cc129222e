/**
 * Random programs whose modules import each other, at once and later, and start each other as workers, in Chromium: pages, their workers
 * and the workers of these do what their modules can, and at each step what has been asked for is what was missing, whole bundles of it. Where bundles are
 * merged, more may come, but nothing twice, and nothing runs early.
 */
import { expect } from 'chai';
import type dynapack from 'dynapack';
import { randomNumbers } from '../../bench/generate-graph';
import { pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { leave, type PackSite, serve, type Visitor, visit } from '../pages/pages';

const PROGRAMS = 60;
const STEPS = 8;

/** In every context: does what modules offer, here or in the worker at the end of a path, and tells what has run and what was asked for. */
const AGENT = `
  self.ran = [];
  export const actions = {};
  const workers = {};
  const ask = (worker, path) => new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(path);
  });
  self.perform = async ([key, ...rest]) => {
    if (key === undefined || (rest.length === 0 && key[0] === 'i')) {
      if (key) await actions[key]();
      const urls = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
      return { ran, urls: [...new Set(urls)].filter((url) => !url.includes('worker-loader')) };
    }
    if (!workers[key] && rest.length === 0) workers[key] = actions[key]();
    return ask(workers[key], rest);
  };
  if (!self.document) onmessage = async ({ data }) => postMessage(await perform(data));
`;

interface Program {
  size: number;
  fixed: number[][];
  later: number[][];
  workers: number[][];
  entries: number[];
}

const nameOf = (module: number): string => `m${module}`;

function randomProgram(random: () => number): Program {
  const size = 3 + Math.floor(random() * 7);
  const pick = (density: number): number[][] =>
    Array.from({ length: size }, () =>
      Array.from({ length: size }, (_, target) => target).filter(() => random() < density / size),
    );
  const entries = random() < 0.5 ? [0] : [0, 1];
  return {
    size,
    fixed: pick(random() * 1.5),
    later: pick(random() * 2),
    workers: pick(0.3 + random()),
    entries,
  };
}

function filesOf({ size, fixed, later, workers }: Program): ProjectFiles {
  const files: ProjectFiles = { 'agent.js': AGENT };
  for (let module = 0; module < size; module++) {
    const of = (edges: number[][]): number[] => edges[module] as number[];
    files[`${nameOf(module)}.js`] = [
      "import { actions } from './agent.js';",
      ...of(fixed).map((target) => `import './${nameOf(target)}.js';`),
      ...of(later).map((target) => `actions['i${target}'] = () => import('./${nameOf(target)}.js');`),
      ...of(workers).map((target) =>
        target === module
          ? `actions['w${target}'] = () => new Worker(import.meta.url, { type: 'module' });`
          : `actions['w${target}'] = () => new Worker(new URL('./${nameOf(target)}.js', import.meta.url));`,
      ),
      `ran.push('${nameOf(module)}');`,
    ].join('\n');
  }
  return files;
}

function closureOf(program: Program, module: number): Set<number> {
  const found = new Set([module]);
  for (const each of found) for (const target of program.fixed[each] as number[]) found.add(target);
  return found;
}

/** A page or a worker, as it should be. */
interface Context {
  path: string[];
  held: Set<number>;
  urls: Set<string>;
  /** Modules that have come. */
  there: Set<string>;
}

const newContext = (path: string[]): Context => ({
  path,
  held: new Set(),
  urls: new Set(),
  there: new Set(),
});

/** What a request of a context must bring, as it came: files of bundles whose modules were all missing, and no others unless bundles are merged. */
function expectArrival(
  program: Program,
  context: Context,
  roots: number[],
  report: { ran: string[]; urls: string[] },
  { bundles, minimal }: dynapack.BuildMetadata,
  label: string,
): void {
  const before = new Set(context.held);
  for (const root of roots) for (const module of closureOf(program, root)) context.held.add(module);
  expect([...report.ran].sort(), `${label}: has run`).to.deep.equal([...context.held].map(nameOf).sort());
  const arrived = report.urls.filter((url) => !context.urls.has(url)).map((url) => url.slice('/js/'.length));
  for (const url of report.urls) context.urls.add(url);
  const isOurs = (path: string): boolean => /\/m\d+\.js$/.test(path);
  const numbersIn = (name: string): string[] =>
    (bundles[name] as string[]).filter(isOurs).map((path) => path.replace(/^.*\/(m\d+)\.js$/, '$1'));
  const missing = [...context.held].filter((module) => !before.has(module)).map(nameOf);
  const come = arrived.flatMap(numbersIn);
  if (minimal) expect(come.sort(), `${label}: nothing early, nothing twice`).to.deep.equal(missing.sort());
  for (const module of come) {
    expect(context.there.has(module), `${label}: ${module} twice`).to.equal(false);
    context.there.add(module);
  }
  expect([...context.there], `${label}: all there`).to.include.members([...context.held].map(nameOf));
}

/** Contexts do random things that their modules offer. */
async function walk(
  program: Program,
  guest: Visitor,
  metadata: dynapack.BuildMetadata,
  random: () => number,
  label: string,
): Promise<number> {
  type Report = { ran: string[]; urls: string[] };
  const perform = (path: string[]): Promise<Report> => guest.evaluate(`perform(${JSON.stringify(path)})`);
  const page = newContext([]);
  const contexts = [page];
  expectArrival(program, page, program.entries, await perform([]), metadata, `${label}, page`);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  let steps = 0;
  for (let step = 0; step < STEPS; step++) {
    const context = pick(contexts);
    const offers = [...context.held].flatMap((module) => [
      ...(program.later[module] as number[]).map((target) => `i${target}`),
      ...(program.workers[module] as number[]).map((target) => `w${target}`),
    ]);
    if (offers.length === 0) continue;
    const key = pick(offers);
    const path = [...context.path, key];
    const isWorker = key.startsWith('w');
    if (isWorker && (path.length > 3 || contexts.some((each) => String(each.path) === String(path))))
      continue;
    const target = isWorker ? newContext(path) : context;
    if (isWorker) contexts.push(target);
    expectArrival(
      program,
      target,
      [Number(key.slice(1))],
      await perform(path),
      metadata,
      `${label}, ${path}`,
    );
    steps++;
  }
  return steps;
}

describe(`${PROGRAMS} random programs with workers`, () => {
  let site: PackSite;

  afterEach(leave);

  for (let batch = 0; batch < 6; batch++) {
    const split = { requestCost: batch < 4 ? 0 : 500 };
    it(`bring what is missing, and no module twice: part ${batch + 1}`, async () => {
      let steps = 0;
      let mergers = 0;
      for (let seed = batch + 1; seed <= PROGRAMS; seed += 4) {
        const random = randomNumbers(seed);
        const program = randomProgram(random);
        const project = new Project(filesOf(program));
        const entries = program.entries.map((entry) => project.path(`${nameOf(entry)}.js`));
        const isMinified = random() < 0.3;
        const packed = await pack(entries, { root: project.directory, prefix: '/js/', split }, (stream) =>
          isMinified ? stream.pipe(stream.minify()) : stream,
        );
        if (batch < 4) expect(packed.metadata.minimal, `seed ${seed}`).to.equal(true);
        if (!packed.metadata.minimal) mergers++;
        site = await serve(packed, {
          prefix: '/js/',
          bundle: { headers: { 'cache-control': 'max-age=600' } },
        });
        const guest = await visit(site);
        await guest.until(
          `self.perform && ${JSON.stringify(program.entries.map(nameOf))}.every((name) => ran.includes(name))`,
        );
        steps += await walk(program, guest, packed.metadata, random, `seed ${seed}`);
        expect(guest.uncaught, `seed ${seed}`).to.deep.equal([]);
        // Over all contexts: what one has downloaded, all have.
        const fetched = site.fetched();
        expect(fetched, `seed ${seed}`).to.deep.equal([...new Set(fetched)]);
        await leave();
      }
      expect(steps).to.be.above(PROGRAMS / 4);
      if (batch >= 4) expect(mergers).to.be.above(3);
    }).timeout(120_000);
  }
});
