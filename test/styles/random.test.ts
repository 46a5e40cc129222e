/**
 * Styles stand in pages as their programs say, whatever is asked for first and whatever arrives first: seeded random programs in Chromium.
 * `SEED=123` runs one; with `COUNT=50`, 50 from there.
 */
import { Transform } from 'node:stream';
import { expect } from 'chai';
import dynapack from 'dynapack';
import type File from 'vinyl';
import { findOrderFaults, range } from '../core/styles';
import { Dice } from '../esm/dice';
import { finish, hush, type Packed } from '../helpers/pack';
import { Project } from '../helpers/project';
import { heads, htmlWithHead, leave, type PackSite, serveNothing, snippets } from '../pages/pages';
import { BarePage } from './bare-page';
import {
  documentOf,
  fileOf,
  findLookFaults,
  type Look,
  nameOf,
  needsOf,
  numberOf,
  offerName,
  type Program,
  pairsOf,
  randomProgram,
  randomVisit,
  rootsOf,
  sourcesOf,
  stubOf,
  type Visit,
} from './random-programs';

const { SEED, COUNT } = process.env;
const start = Number(SEED ?? 1);
const total = Number(COUNT ?? (SEED === undefined ? 1000 : 1));
const PER_TEST = 250;
/** So many programs share a page, … */
const PER_PAGE = 63;
/** … and so many pages are at work: while the programs of one are visited, those of another one are built. */
const PAGES = 2;

/** A program, how it is packed, and how it is visited. */
interface Sample {
  program: Program;
  visit: Visit;
  /** The entries whose links are in the head of the page. Others leave them to the loader; entries that are styles have none. */
  linked: number[];
  options: dynapack.Options;
  scripts: dynapack.ScriptsOptions;
  isMinified: boolean;
}

function sampleOf(seed: number): Sample {
  const program = randomProgram(seed);
  const dice = new Dice(-seed);
  const visit = randomVisit(program, dice);
  const isLinked = dice.chance(0.5);
  const isAlone = visit.entries.length === 1;
  return {
    program,
    visit,
    linked: visit.entries.filter((entry) => isLinked || entry >= program.scripts),
    options: {
      prefix: `/${seed}/`,
      name: `pack${seed}`,
      debug: dice.chance(0.08),
      loader: dice.chance(0.05) ? 'file' : 'inline',
    },
    // Nothing is cached here. Then a file that several tags ask for comes as often: without tags.
    scripts: { mode: isAlone && dice.chance(0.7) ? 'defer' : 'async', integrity: dice.chance(0.1) },
    isMinified: dice.chance(0.1),
  };
}

/** What becomes of a sample. */
interface Built {
  sample: Sample;
  packed: Packed;
  /** Bundle → its modules. */
  modules: ReadonlyMap<string, number[]>;
  /** Entry → the styles of its page in order, as `manifest.json` has them. */
  orders: ReadonlyMap<number, number[]>;
  faults: string[];
}

/**
 * Where programs are. All have the same files, and what is in them comes by a transform: to make files takes longer than all else that has to be
 * done for a program.
 */
function makePlace(): Project {
  const names = range(10).flatMap((module) => [`m${module}.js`, `s${module}.css`]);
  return new Project(Object.fromEntries(names.map((name) => [name, ''])));
}

function giveSources(program: Program): Transform {
  const sources = sourcesOf(program);
  return new Transform({
    objectMode: true,
    transform(file: File, _encoding, done) {
      file.contents = Buffer.from(sources[file.basename] as string);
      done(null, file);
    },
  });
}

async function build(sample: Sample, place: Project): Promise<Built> {
  const { program, options, isMinified } = sample;
  const stream = hush(dynapack({ ...options, root: place.directory }));
  stream.deps().pipe(giveSources(program)).pipe(stream.mods());
  for (const entry of program.entries) stream.write(place.path(fileOf(program, entry)));
  stream.end();
  const packed = await finish(stream, sample.scripts, isMinified ? stream.pipe(stream.minify()) : stream);
  const bundles = Object.entries(packed.metadata.bundles).map(([name, paths]): [string, number[]] => [
    name,
    paths.map((path) => {
      const number = numberOf(program, path);
      return name.endsWith('.js') && path.endsWith('.css') ? stubOf(program, number) : number;
    }),
  ]);
  const modules = new Map(bundles);
  const orders = new Map(
    program.entries.map((entry) => [entry, orderOf(nameOf(program, entry), packed, modules)]),
  );
  const faults = [...orders].flatMap(([entry, order]) => {
    const documents = rootsOf(program, entry).map((root) => documentOf(program, root));
    return findOrderFaults(documents, order).map((fault) => `page of ${entry}: ${fault}`);
  });
  if (!packed.metadata.minimal && !options.debug) faults.push('not minimal');
  return { sample, packed, modules, orders, faults };
}

function orderOf(entry: string, { scripts }: Packed, modules: Built['modules']): number[] {
  const { entries } = JSON.parse(scripts['manifest.json'] as string) as {
    entries: Record<string, { config: { b: [id: string, name: string][]; y?: number } }>;
  };
  const { b, y = b.length } = (entries[entry] as (typeof entries)[string]).config;
  return b.slice(y).flatMap(([, name]) => modules.get(name) as number[]);
}

async function buildAll(seeds: readonly number[], place: Project): Promise<Built[]> {
  const all: Built[] = [];
  for (const seed of seeds) all.push(await build(sampleOf(seed), place));
  return all;
}

/** What a program has on its page. */
interface Part {
  head: string;
  body: string;
}

function partOf({ sample: { program, visit, linked }, packed }: Built): Part {
  const { seed } = program;
  const namesOf = (entries: readonly number[]): string[] => entries.map((entry) => nameOf(program, entry));
  // Each once.
  const links = new Set(heads(packed, namesOf(linked)).split(/(?<=\n)/));
  const pairs = pairsOf(program).map((pair) => pair.join('-'));
  const element = `<p id="p${seed}" class="p${seed}" data-pairs="${pairs.join(' ')}"></p>`;
  return {
    head: [...links].join(''),
    body: [element, ...snippets(packed, namesOf(visit.entries))].join('\n'),
  };
}

/** In the page: what scripts call, and how programs look. An entry is seen as it runs, and what is asked for as it answers. */
const PAGE = `<script>
  const [offers, looks] = [{}, {}];
  function offer(name, load) {
    offers[name] = load;
  }
  function look(seed) {
    const element = document.getElementById('p' + seed);
    const style = getComputedStyle(element);
    return element.dataset.pairs.split(' ').map((pair) => style.getPropertyValue('--' + pair).trim());
  }
  function runs(seed, module) {
    looks[seed + ' ' + module] = look(seed);
  }
  function isThere([seed, entries]) {
    const style = getComputedStyle(document.getElementById('p' + seed));
    const isSet = (each) => style.getPropertyValue('--' + each + '-' + each);
    return entries.every(([entry, styles]) => (styles ? styles.every(isSet) : looks[seed + ' ' + entry]));
  }
  function begin([seed, entries]) {
    const end = look(seed);
    return { answers: entries.map(([entry]) => looks[seed + ' ' + entry] || end), end };
  }
  async function ask([seed, names]) {
    const answers = names.map(async (name) => offers[name]().then(() => look(seed)));
    return { answers: await Promise.all(answers.map((answer) => answer.catch(String))), end: look(seed) };
  }
</script>`;

/** What was seen of a step. */
interface Seen {
  /** By root, how the page was then, or what failed. */
  answers: (Look | string)[];
  end: Look;
}

/** The visit of a program: what is there so far, and what was wrong. */
class Walk {
  readonly faults: string[];
  private held: ReadonlySet<number> = new Set();
  private readonly orders: readonly (readonly number[])[];

  constructor(readonly built: Built) {
    this.faults = [...built.faults];
    const orders = built.sample.visit.entries.map((entry) => built.orders.get(entry) as number[]);
    this.orders = isHeadInOrder(built.sample, orders) ? orders : [];
  }

  get program(): Program {
    return this.built.sample.program;
  }

  /** Looks at a step: the files that were requested, and how the page was with each answer and in the end. */
  check(step: number, roots: readonly number[], files: readonly string[], { answers, end }: Seen): void {
    if (this.faults.length > 0) return;
    const before = this.held;
    this.held = new Set([...before, ...roots.flatMap((root) => [...needsOf(this.program, root)])]);
    const faults = this.fileFaults(before, files);
    answers.forEach((answer, index) => {
      const must = new Set([...before, ...needsOf(this.program, roots[index] as number)]);
      faults.push(...(typeof answer === 'string' ? [answer] : this.lookFaults(answer, must)));
    });
    faults.push(...this.lookFaults(end, this.held));
    this.faults.push(...faults.map((fault) => `step ${step}: ${fault}`));
  }

  private lookFaults(look: Look, must: ReadonlySet<number>): string[] {
    return findLookFaults(this.program, look, { orders: this.orders, must, may: this.held });
  }

  /** What is needed now and was not before comes once, and nothing else. */
  private fileFaults(before: ReadonlySet<number>, files: readonly string[]): string[] {
    const isNew = (module: number): boolean => this.held.has(module) && !before.has(module);
    const needed = [...this.built.modules].filter(([, modules]) => modules.some(isNew));
    const torn = needed.filter(([, modules]) => !modules.every(isNew));
    const names = needed.map(([name]) => name).sort();
    const found = files.filter((name) => this.built.modules.has(name)).sort();
    return [
      ...torn.map(([name]) => `not all of ${name} is needed`),
      ...(`${found}` === `${names}` ? [] : [`needs ${names.join(' ')}, requests ${found.join(' ')}`]),
    ];
  }
}

/** The heads of two entries, one behind the other, may contradict the orders of their pages. */
function isHeadInOrder({ program, visit, linked }: Sample, orders: readonly (readonly number[])[]): boolean {
  if (orders.length === 1) return true;
  const own = orders.flatMap((order, index) => {
    const entry = visit.entries[index] as number;
    const needs = needsOf(program, entry);
    return linked.includes(entry) ? order.filter((style) => needs.has(style)) : [];
  });
  const head = [...new Set(own)];
  return orders.every((order) => {
    const shared = head.filter((style) => order.includes(style));
    return `${shared}` === `${order.filter((style) => head.includes(style))}`;
  });
}

/** What somebody does to it. */
type Change = (part: Part, built: Built) => Part;

/** Programs on one page. */
interface Shared {
  walks: readonly Walk[];
  page: BarePage;
  /** Seed → names of the files that were requested since the last call. */
  requests(): ReadonlyMap<number, string[]>;
}

/** Serves the files of a program, some of them only after a few milliseconds. */
function serveFiles({ sample, packed }: Built, site: PackSite): void {
  const { seed } = sample.program;
  const dice = new Dice(seed);
  const share = dice.pick([0, 0.3]);
  for (const { relative, contents } of packed.files) {
    const body = String(contents);
    const headers = { connection: 'keep-alive', 'content-length': `${Buffer.byteLength(body)}` };
    site.set(`/${seed}/${relative}`, { body, headers, delay: dice.chance(share) ? 1 + dice.below(10) : 0 });
  }
}

/** Puts programs on one page, and makes their visits, all at once and step by step. */
async function visitAll(
  all: readonly Built[],
  page: BarePage,
  change: Change = (part) => part,
): Promise<Walk[]> {
  const site = await serveNothing();
  for (const built of all) serveFiles(built, site);
  const parts = all.map((built) => change(partOf(built), built));
  site.set(
    '/',
    htmlWithHead([PAGE, ...parts.map(({ head }) => head)].join(''), ...parts.map(({ body }) => body)),
  );
  const walks = all.map((built) => new Walk(built));
  const requests = (): ReadonlyMap<number, string[]> => {
    const found = new Map<number, string[]>(walks.map(({ program }) => [program.seed, []]));
    for (const path of site.paths()) {
      const [, seed, name] = /^\/(\d+)\/(.*)$/.exec(path) ?? [];
      found.get(Number(seed))?.push(name as string);
    }
    site.forget();
    return found;
  };
  await page.open(`${site.url}/`);
  await begin({ walks, page, requests });
  const longest = Math.max(...all.map(({ sample }) => sample.visit.steps.length));
  // Once more at the end: nothing has come since.
  for (let step = 1; step <= longest + 1; step++) await proceed({ walks, page, requests }, step);
  return walks;
}

/** Waits until all entries are there, of which styles do not say so. */
async function begin({ walks, page, requests }: Shared): Promise<void> {
  const starts = walks.map(({ program, built }) => [
    program.seed,
    built.sample.visit.entries.map((entry) =>
      entry < program.scripts ? [entry] : [entry, documentOf(program, entry)],
    ),
  ]);
  // Whoever is not there in time is found to lack something.
  await page.until(`document.readyState === 'complete' && ${JSON.stringify(starts)}.every(isThere)`);
  const seen = await page.evaluate<Seen[]>(`${JSON.stringify(starts)}.map(begin)`);
  const files = requests();
  walks.forEach((walk, index) => {
    const { entries } = walk.built.sample.visit;
    walk.check(0, entries, files.get(walk.program.seed) as string[], seen[index] as Seen);
  });
}

async function proceed({ walks, page, requests }: Shared, step: number): Promise<void> {
  const offers = walks.map(({ built }) => built.sample.visit.steps[step - 1] ?? []);
  const asks = walks.map(({ program }, index) => [
    program.seed,
    offers[index]?.map((offer) => offerName(program, offer)),
  ]);
  const seen = await page.evaluate<Seen[]>(`Promise.all(${JSON.stringify(asks)}.map(ask))`);
  const files = requests();
  walks.forEach((walk, index) => {
    const roots = offers[index]?.map(({ to }) => to) ?? [];
    walk.check(step, roots, files.get(walk.program.seed) as string[], seen[index] as Seen);
  });
}

/** Visits programs on one page; where it complains, each on a page of its own, to see which it is. */
async function visitWell(all: readonly Built[], page: BarePage): Promise<Walk[]> {
  const walks = await visitAll(all, page);
  const complaints = page.takeComplaints();
  if (complaints.length === 0) return walks;
  if (all.length > 1) {
    const alone: Walk[] = [];
    for (const built of all) alone.push(...(await visitWell([built], page)));
    if (alone.some(({ faults }) => faults.length > 0)) return alone;
  }
  walks[0]?.faults.push(...complaints);
  return walks;
}

/** Visits the programs of some seeds. */
async function run(first: number, count: number, pages: readonly BarePage[]): Promise<Walk[]> {
  const place = makePlace();
  const seeds = range(count).map((index) => first + index);
  const walks: Walk[] = [];
  const work = async (page: BarePage): Promise<void> => {
    for (let own = seeds.splice(0, PER_PAGE); own.length > 0; own = seeds.splice(0, PER_PAGE))
      walks.push(...(await visitWell(await buildAll(own, place), page)));
  };
  await Promise.all(pages.map(work));
  return walks;
}

/** All that is to be known of a program whose visit went wrong. */
function describeWalk({ built: { sample, packed, orders }, faults }: Walk): string {
  const { program, visit, linked, ...settings } = sample;
  const sources = Object.entries(sourcesOf(program)).map(([name, text]) => `--- ${name}\n${text}`);
  const files = Object.entries(packed.metadata.bundles).map(
    ([name, paths]) => `${name}: ${paths.map((path) => path.replace(/.*\//, '')).join(' ')}`,
  );
  return [
    `SEED=${program.seed} runs this one alone.`,
    ...sources,
    ...files,
    ...[...orders].map(([entry, order]) => `page of ${entry}: ${order.join(' ')}`),
    JSON.stringify({ ...settings, linked, visit }),
    ...faults,
  ].join('\n');
}

describe('styles in pages: random programs', () => {
  let pages: BarePage[];

  before(async () => {
    pages = await Promise.all(range(PAGES).map(() => BarePage.make()));
  });
  afterEach(leave);
  after(() => Promise.all(pages.map((page) => page.close())));

  for (let seed = start; seed < start + total; seed += PER_TEST) {
    const count = Math.min(PER_TEST, start + total - seed);
    it(`stand in order, come once and in time: seeds ${seed} to ${seed + count - 1}`, async () => {
      const walks = await run(seed, count, pages);
      const wrong = walks.filter(({ faults }) => faults.length > 0);
      const seeds = wrong.map(({ program }) => program.seed);
      if (wrong.length > 0) expect.fail(`${seeds.join(', ')} are wrong\n${describeWalk(wrong[0] as Walk)}`);
    }).timeout(120_000);
  }

  describe('are noticed to be wrong', () => {
    const changes: Record<string, Change> = {
      'where a head has its links in another order': (part) => ({
        ...part,
        head: part.head.replace(/(.*\n)(.*\n)/, '$2$1'),
      }),
      'where a style is in the head that nobody has asked for': (part, { packed, sample }) => ({
        ...part,
        head: `${part.head}<link rel="stylesheet" href="${sample.options.prefix}${Object.keys(packed.styles)[0]}">`,
      }),
      'where the loader puts them at the end': (part) => ({
        ...part,
        body: part.body.replace(/(\w+)\.(?:after|before)\((\w+)\)/g, '$1.parentNode.append($2)'),
      }),
      'where the loader does not see those of the page': (part) => ({
        ...part,
        body: part.body.replace('"link,style"', '"body"'),
      }),
    };
    let built: Promise<Built[]> | undefined;
    for (const [name, change] of Object.entries(changes)) {
      it(name, async () => {
        const [page] = pages as [BarePage];
        built ??= buildAll(range(40), makePlace());
        const walks = await visitAll(await built, page, change);
        page.takeComplaints();
        const wrong = walks.filter(({ faults }) => faults.length > 0);
        expect(wrong).to.have.lengthOf.above(3);
      });
    }
  });
});
