/** A graph as a picture of links, layer by layer from left to right. */
import { type Child, h, svg } from './dom';
import { shortened } from './format';
import { type Edge, layout } from './layout';
import type { Way } from './report';

export interface Node {
  title: string;
  href: string;
  /** What stands below the title, … */
  detail: string;
  /** … and behind that, as much of it as there is room for: a name. */
  place?: string;
  /** Nodes of a group have the same colour. */
  group: number;
  isChosen?: boolean;
}

export interface Join {
  edge: Edge;
  way: Way;
}

const WIDTH = 200;
const HEIGHT = 38;
const GAP_X = 70;
const GAP_Y = 12;
/** Of a line that passes a layer. */
const BEND = 2;

const LETTERS = 24;

/** As many hues as the style has classes for. */
export const GROUPS = 8;

const WORDS: Record<Way, string> = { imports: 'needs', later: 'may load later', workers: 'starts' };

export function drawGraph(label: string, nodes: readonly Node[], joins: readonly Join[]): HTMLElement {
  if (nodes.length === 0) return h('p', {}, 'There is nothing to draw.');
  const { layers, ways } = layout(
    nodes.length,
    joins.map(({ edge }) => edge),
  );
  const heightOf = (node: number): number => (node < nodes.length ? HEIGHT : BEND) + GAP_Y;
  const heights = layers.map((layer) => layer.reduce((sum, node) => sum + heightOf(node), 0));
  const width = layers.length * (WIDTH + GAP_X) - GAP_X + 4;
  const height = Math.max(HEIGHT, ...heights) + GAP_Y;
  const places: Place[] = [];
  layers.forEach((layer, column) => {
    // What a layer has less of than the tallest one is shared out between its nodes.
    const spare = (height - heights[column]!) / layer.length;
    let y = (spare + GAP_Y) / 2;
    for (const node of layer) {
      places[node] = { x: 2 + column * (WIDTH + GAP_X), y: y + (heightOf(node) - GAP_Y) / 2 };
      y += heightOf(node) + spare;
    }
  });
  const lines = joins.map(({ way }, index) => {
    const points = ways[index]!.map((node) => places[node]!);
    return svg('path', { class: `edge ${way}`, d: curves(points), 'marker-end': 'url(#arrow)' });
  });
  const drawn = layers
    .flat()
    .filter((node) => node < nodes.length)
    .map((node) => drawNode(nodes[node]!, places[node]!, wordsOf(node, nodes, joins)));
  return h(
    'figure',
    {},
    h(
      'div',
      { class: 'scroll graph', role: 'region', 'aria-label': label, tabindex: 0 },
      svg(
        'svg',
        { width, height, viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': label },
        svg(
          'defs',
          {},
          svg(
            'marker',
            {
              id: 'arrow',
              viewBox: '0 0 8 8',
              refX: 8,
              refY: 4,
              markerWidth: 9,
              markerHeight: 9,
              markerUnits: 'userSpaceOnUse',
              orient: 'auto',
            },
            svg('path', { d: 'M0 0L8 4L0 8z' }),
          ),
        ),
        ...lines,
        ...drawn,
        svg('g', { 'aria-hidden': 'true' }, ...nodes.map((node, at) => drawText(node, places[at]!))),
      ),
    ),
    h('figcaption', {}, label, legend(joins)),
  );
}

/** The left end of a node's middle, or of a bend, which is a line as wide as nodes are. */
interface Place {
  x: number;
  y: number;
}

/** From the right of one place to the left of the next; where that is before it, around both. */
function curves(points: readonly Place[]): string {
  return points
    .map(({ x, y }, index) => {
      const from = points[index - 1];
      if (from === undefined) return `M${x + WIDTH} ${y}`;
      const start = from.x + WIDTH;
      const bend = x > start ? (x - start) / 2 : GAP_X;
      const line = index < points.length - 1 ? `H${x + WIDTH}` : '';
      return `C${start + bend} ${from.y} ${x - bend} ${y} ${x} ${y}${line}`;
    })
    .join('');
}

function drawNode(node: Node, { x, y }: Place, words: string): SVGElement {
  const { title, href, group, isChosen } = node;
  const top = y - HEIGHT / 2;
  return svg(
    'a',
    { href, class: `node${isChosen ? ' chosen' : ''}`, 'aria-label': `${title}, ${detailOf(node)}${words}` },
    svg('title', {}, title),
    svg('rect', { x, y: top, width: WIDTH, height: HEIGHT, rx: 5 }),
    svg('rect', {
      x,
      y: top,
      width: 6,
      height: HEIGHT,
      class: `mark hue${group < 0 ? GROUPS - 1 : group % GROUPS}`,
    }),
  );
}

/** Beside the links, which have the whole names. */
const drawText = (node: Node, { x, y }: Place): Child => [
  svg('text', { x: x + 13, y: y - 3 }, shortened(node.title, LETTERS)),
  svg('text', { x: x + 13, y: y + 12, class: 'detail' }, detailOf(node, LETTERS + 4)),
];

/** A name is shortened, numbers are not. */
function detailOf({ detail, place }: Node, letters = Number.POSITIVE_INFINITY): string {
  return place === undefined ? detail : `${detail}, ${shortened(place, letters - detail.length - 2)}`;
}

/** What the lines that begin at a node say. */
function wordsOf(node: number, nodes: readonly Node[], joins: readonly Join[]): string {
  const own = joins.filter(({ edge }) => edge[0] === node).slice(0, 8);
  return own.map(({ edge, way }) => `; ${WORDS[way]} ${nodes[edge[1]]!.title}`).join('');
}

const LINES: Record<Way, string> = {
  imports: 'solid: needs',
  later: 'dashed: may load later',
  workers: 'dotted: starts as a worker',
};

function legend(joins: readonly Join[]): string {
  const ways = [...new Set(joins.map(({ way }) => way))].sort();
  return ways.length === 0 ? '' : ` (${ways.map((way) => LINES[way]).join('; ')})`;
}
