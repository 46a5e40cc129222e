/**
 * Scripts that stand alone do what their modules do in Node: seeded random graphs of ES modules, CommonJS and JSON, run both ways. `SEED=123` begins
 * elsewhere, `COUNT=1000` takes more of them.
 */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { transform } from 'esbuild';
import { entryOf, filesOf, type Program } from '../esm/files';
import { traceInNode } from '../esm/native';
import type { ModulePlan } from '../esm/plan';
import { type Graph, randomGraph } from '../esm/random-graphs';
import { RECORDER } from '../esm/recorder';
import type { Pipe } from '../helpers/pack';
import { finish, hush } from '../helpers/pack';
import { Project } from '../helpers/project';
import { place } from './alone';

const { SEED, COUNT } = process.env;
const start = Number(SEED ?? 1);
const total = Number(COUNT ?? 300);

const PRELUDE = `globalThis.rest = () => new Promise((resolve) => setTimeout(resolve));
globalThis.finished = () => {};
${RECORDER}`;

/** How many scripts had no runtime. */
let simplyLinked = 0;

/** What the modules of each program tell, each run by a script of its own without a page. */
async function traceAlone(programs: readonly Program[], project: Project, pipe?: Pipe): Promise<string[][]> {
  const entries = programs.map(entryOf);
  const pack = hush(dynapack({ root: project.directory, standalone: entries }));
  for (const entry of entries) pack.write(project.path(entry));
  pack.end();
  const { bundles } = await finish(pack, undefined, pipe?.(pack));
  const traces: string[][] = [];
  for (const { seed } of programs) {
    const unhandled: string[] = [];
    const note = (error: unknown): unknown => unhandled.push(`unhandled: ${error}`);
    process.on('unhandledRejection', note);
    const where = place({ console });
    where.run(PRELUDE);
    try {
      where.run(bundles[`main${seed}.js`] as string);
    } catch (error) {
      where.globals.events.push(`cannot start: ${(error as Error | undefined)?.constructor?.name}`);
    }
    await where.settle();
    process.off('unhandledRejection', note);
    if (!(bundles[`main${seed}.js`] as string).includes('\n"*":')) simplyLinked++;
    traces.push([...where.globals.events, ...unhandled]);
  }
  return traces;
}

/** A function that is called as a member of a namespace has that for `this`: without the names that nobody needs. */
const told = (lines: readonly string[]): string =>
  lines.map((line) => line.replace(/^(m\d+:\d+ Module#\d+)\{.*\}( \d+)$/, '$1$2')).join('\n');

async function compare(programs: readonly Program[], pipe?: Pipe, tell = told): Promise<string[]> {
  const project = new Project(filesOf(programs));
  const [natives, scripts] = await Promise.all([
    traceInNode(programs.map((program) => project.path(entryOf(program)))),
    traceAlone(programs, project, pipe),
  ]);
  return programs.flatMap(({ seed }, index) => {
    // V8 breaks where some modules wait in vain, or refuses what the specification allows.
    const native = natives[index];
    if (native === undefined || native.some((line) => line.endsWith(' SyntaxError'))) return [];
    const script = scripts[index] as string[];
    const differs = tell(native) !== tell(script);
    const at = native.findIndex((line, row) => tell([line]) !== tell([script[row] ?? '']));
    return differs ? [`seed ${seed}, line ${at}: ${native[at]} | ${script[at]}`] : [];
  });
}

const isStill = ({ dynamic, waits }: ModulePlan): boolean => dynamic.length === 0 && waits === 'never';

/** The same with an entry that imports the first module and nothing else, where no module asks for others later. */
function simplified({ seed, plans, modules: [, ...modules] }: Graph): Program[] {
  const first = plans[0] as ModulePlan;
  const isAsking = modules.some(({ statements }) => statements.some((each) => each.includes('import(')));
  if (isAsking || !plans.every(isStill) || first.language !== 'mjs') return [];
  const statements = [
    `import * as first from './${first.file}';`,
    'trace("first", first);',
    'for (const each of shape(first)) trace("shape", each);',
    'trace("end"); finished();',
  ];
  return [{ seed, modules: [{ file: `main${seed}.mjs`, statements }, ...modules] }];
}

const graphs = Array.from({ length: total }, (_, index) => randomGraph(start + index));

/** Those that are simple, among six times as many. */
const simple = Array.from({ length: total * 6 }, (_, index) => randomGraph(start + index)).flatMap(
  simplified,
);

describe('scripts that stand alone: random graphs', () => {
  it('do what they do in Node', async () => {
    expect(await compare(graphs)).to.deep.equal([]);
  }).timeout(60_000);

  it('with short names and without spaces, too', async () => {
    const options = { minifyWhitespace: true, minifyIdentifiers: true };
    const pipe: Pipe = (pack) => pack.pipe(pack.minify((code) => transform(code, options)));
    // Names of functions and classes are not kept, and any string may be one.
    const tell = (lines: readonly string[]): string => told(lines).replace(/"[^"]*"/g, '""');
    expect(await compare(graphs, pipe, tell)).to.deep.equal([]);
  }).timeout(60_000);

  it('and where nothing is asked for later', async () => {
    expect(simple.length).to.be.greaterThan(total / 3);
    simplyLinked = 0;
    expect(await compare(simple)).to.deep.equal([]);
    expect(simplyLinked).to.be.greaterThan(total / 5);
  }).timeout(60_000);
});
