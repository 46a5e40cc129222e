/** A program and what a build makes of it, side by side. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import dynapack from 'dynapack';
import { drawing, element, text } from './svg';

type Graph = dynapack.BuildGraph;

interface Built {
  graph: Graph;
  metadata: dynapack.BuildMetadata;
}

/** Bundles what is in a directory from `a.js`. */
export async function buildIn(root: string): Promise<Built> {
  const pack = dynapack({ root });
  const built: Partial<Built> = {};
  pack.on('graph', (graph) => {
    built.graph = graph;
  });
  pack.on('bundled', (metadata) => {
    built.metadata = metadata;
  });
  pack.end(join(root, 'a.js'));
  await pack.toArray();
  return built as Built;
}

/** Files → what they are built to. */
export async function buildProgram(files: Readonly<Record<string, string>>): Promise<Built> {
  const root = mkdtempSync(join(tmpdir(), 'dynapack-drawing-'));
  try {
    for (const [name, code] of Object.entries(files)) writeFileSync(join(root, name), code);
    return await buildIn(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** A step of a visit, in words, and the module that is asked for. */
export interface Step {
  words: string;
  module: string;
}

const nameOf = (path: string): string => basename(path, '.js');

/** Modules of the user, by name. */
const modulesOf = ({ graph }: Built): Map<number, string> =>
  new Map(
    graph.modules.flatMap(({ path }, index) =>
      path.endsWith('.js') && path.includes('/') ? [[index, nameOf(path)]] : [],
    ),
  );

/** Names of the bundles that each step downloads. */
function downloads({ graph, metadata }: Built, steps: readonly Step[]): string[][] {
  const held = new Set<string>();
  return steps.map(({ module }) => {
    const { name } = graph.modules.find(({ path }) => nameOf(path) === module) as Graph['modules'][number];
    const id = Object.keys(metadata.modules).find((each) =>
      metadata.modules[each]?.endsWith(`/${module}.js`),
    );
    const needed = metadata.roots[id ?? name] ?? metadata.roots[name] ?? [];
    const missing = needed.filter((bundle) => !held.has(bundle));
    for (const bundle of missing) held.add(bundle);
    return missing;
  });
}

const COLUMN = 92;
const ROW = 84;
const RADIUS = 19;

/**
 * Draws a program on the left, its bundles around the modules, and on the right what a visit downloads.
 * @param places column and row of each module
 */
export function drawProgram(
  title: string,
  built: Built,
  places: Readonly<Record<string, readonly [column: number, row: number]>>,
  steps: readonly Step[],
): string {
  const modules = modulesOf(built);
  const at = (name: string): { x: number; y: number } => {
    const [column, row] = places[name] as readonly [number, number];
    return { x: 60 + column * COLUMN, y: 74 + row * ROW };
  };
  const rows = Math.max(...Object.values(places).map(([, row]) => row));
  const bundles = Object.values(built.metadata.bundles).map((paths) =>
    paths.map(nameOf).filter((name) => name in places),
  );
  const outlines = bundles
    .filter((names) => names.length > 0)
    .map((names) => {
      const spots = names.map(at);
      const left = Math.min(...spots.map(({ x }) => x)) - RADIUS - 9;
      const top = Math.min(...spots.map(({ y }) => y)) - RADIUS - 9;
      const width = Math.max(...spots.map(({ x }) => x)) + RADIUS + 9 - left;
      const height = Math.max(...spots.map(({ y }) => y)) + RADIUS + 9 - top;
      return element('rect', { class: 'bundle', x: left, y: top, width, height, rx: 14 });
    });
  const edges = built.graph.edges.flatMap(({ from, to, kind }) => {
    const [start, end] = [modules.get(from), modules.get(to)];
    if (start === undefined || end === undefined || !(start in places) || !(end in places)) return [];
    const [a, b] = [at(start), at(end)];
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    const [dx, dy] = [(b.x - a.x) / length, (b.y - a.y) / length];
    const gap = RADIUS + 2;
    const round = (value: number): number => Math.round(value * 10) / 10;
    return element('line', {
      class: kind === 'static' ? 'import' : 'import later',
      x1: round(a.x + dx * gap),
      y1: round(a.y + dy * gap),
      x2: round(b.x - dx * gap),
      y2: round(b.y - dy * gap),
    });
  });
  const nodes = Object.keys(places).flatMap((name) => {
    const { x, y } = at(name);
    return [element('circle', { class: 'module', cx: x, cy: y, r: RADIUS }), text(x, y + 5, name, 'middle')];
  });
  const right = 400;
  const fetched = downloads(built, steps);
  const visit = steps.flatMap(({ words }, index) => {
    const y = 74 + index * 44;
    const files = (fetched[index] as string[]).flatMap((bundle, position) => {
      const names = (built.metadata.bundles[bundle] as string[]).map(nameOf).filter((name) => name in places);
      const x = right + 150 + position * 78;
      return [
        element('rect', { class: 'file', x, y: y - 17, width: 68, height: 26, rx: 5 }),
        text(x + 34, y + 1, names.join(' + '), 'middle'),
      ];
    });
    const nothing = files.length === 0 ? [text(right + 150, y + 1, 'nothing', 'soft')] : [];
    return [text(right, y, words), ...files, ...nothing];
  });
  const height = Math.max(74 + rows * ROW + 76, 74 + steps.length * 44 + 20);
  return drawing(720, height, title, [
    text(32, 28, 'what imports what', 'soft'),
    text(right, 28, 'what a visit downloads, all of a row at once', 'soft'),
    ...outlines,
    ...edges,
    ...nodes,
    ...visit,
    text(32, height - 14, 'solid: needed at once, dashed: loaded on request, frame: one bundle', 'soft'),
  ]);
}
