/** Seeded random graphs as programs, and visits of them. */
import { randomNumbers } from '../../bench/generate-graph';
import type { ModuleGraph } from '../../lib/model';
import { membersOf } from '../core/oracle';
import { randomGraph } from '../core/random-graph';
import type { ProjectFiles } from '../helpers/project';
import { type Form, offers } from './sources';

/** A graph whose dynamic edges have forms. */
export interface Program {
  /** The modules that have sources, then node-ensure and the runtime of import(), which modules that use them need statically. */
  graph: ModuleGraph;
  /** How many have sources. */
  count: number;
  form(from: number, to: number): Form;
}

export interface Request {
  /** Entries at first, then the target of one dynamic edge at a time. */
  roots: number[];
  /** The module that offers it; none for entries. */
  from?: number;
  /** What has to be transferred, as a set. */
  arriving: number;
}

const staticOf = (graph: ModuleGraph, module: number): readonly number[] => graph.staticEdges[module] ?? [];

const dynamicOf = (graph: ModuleGraph, module: number): readonly number[] => graph.dynamicEdges[module] ?? [];

export const fileOf = (module: number): string => `m${module}.js`;

export const offerName = ({ from, roots }: Request): string => `m${from} ${roots[0]}`;

function randomProgram(seed: number): Program {
  const { size, staticEdges, dynamicEdges, entries } = randomGraph(seed);
  const form = (from: number, to: number): Form => ((seed + from + to) % 3 === 0 ? 'import()' : 'ensure');
  const helpersOf = (from: number): number[] =>
    (dynamicEdges[from] ?? []).map((to) => (form(from, to) === 'ensure' ? size : size + 1));
  return {
    form,
    count: size,
    graph: {
      size: size + 2,
      staticEdges: [...staticEdges.map((to, from) => [...new Set([...to, ...helpersOf(from)])]), [], []],
      dynamicEdges: [...dynamicEdges, [], []],
      entries,
    },
  };
}

/** The modules: each says when it begins and ends, and what it sees of those it requires. */
export function sourcesOf({ graph, count, form }: Program): ProjectFiles {
  const files: ProjectFiles = {};
  for (let module = 0; module < count; module++) {
    const looks = staticOf(graph, module)
      .filter((to) => to < count)
      .map((to) => `log.push('m${module} sees m${to} ' + Object.keys(require('./m${to}')));\n`);
    const lazy = dynamicOf(graph, module).map((to) =>
      offers(form(module, to), `m${module} ${to}`, `./m${to}.js`),
    );
    files[fileOf(module)] =
      `log.push('m${module} begins');\nexports.early = 1;\n${looks.join('')}${lazy.join('')}exports.late = 1;\nlog.push('m${module} ends');\n`;
  }
  return files;
}

/** Everything a root reaches over static edges. */
function closureOf(graph: ModuleGraph, root: number): number {
  const found = new Set([root]);
  for (const module of found) for (const to of staticOf(graph, module)) found.add(to);
  return [...found].reduce((set, module) => set | (1 << module), 0);
}

/** A visit of a few requests; some of them ask for what is there. */
function randomVisit({ graph }: Program, seed: number): Request[] {
  const random = randomNumbers(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const entries = graph.entries.filter(() => random() < 0.8);
  const requests: Request[] = [];
  let held = 0;
  const request = (roots: number[], from?: number): void => {
    const needed = roots.reduce((set, root) => set | closureOf(graph, root), 0);
    requests.push({ roots, arriving: needed & ~held, ...(from !== undefined && { from }) });
    held |= needed;
  };
  request(entries.length > 0 ? entries : [pick(graph.entries)]);
  for (let count = 0; count < 6; count++) {
    const edges = membersOf(held).flatMap((from) => dynamicOf(graph, from).map((to) => [from, to] as const));
    if (edges.length === 0) break;
    const fresh = edges.filter(([, to]) => (held & (1 << to)) === 0);
    const [from, to] = pick(fresh.length > 0 && random() < 0.8 ? fresh : edges);
    request([to], from);
  }
  return requests;
}

/** A program with a visit that transfers something at least twice. */
export interface Sample {
  seed: number;
  program: Program;
  visit: Request[];
}

/** The samples of the smallest seeds. */
export function listSamples(count: number): Sample[] {
  const samples: Sample[] = [];
  for (let seed = 1; samples.length < count; seed++) {
    const program = randomProgram(seed);
    const visit = randomVisit(program, seed);
    if (visit.filter(({ arriving }) => arriving !== 0).length > 1) samples.push({ seed, program, visit });
  }
  return samples;
}
