/** A graph as a picture of links, layer by layer from left to right. */
import { h, svg } from './dom';
import { shortened } from './format';
import { type Edge, layers } from './layout';
import type { Way } from './report';

export interface Node {
  title: string;
  href: string;
  /** What stands below the title. */
  detail: string;
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
const LETTERS = 27;

/** As many hues as the style has classes for. */
export const GROUPS = 8;

const WORDS: Record<Way, string> = { imports: 'needs', later: 'may load later', workers: 'starts' };

export function drawGraph(label: string, nodes: readonly Node[], joins: readonly Join[]): HTMLElement {
  const found = layers(
    nodes.length,
    joins.map(({ edge }) => edge),
  );
  const tallest = Math.max(1, ...found.map((layer) => layer.length));
  const width = found.length * (WIDTH + GAP_X) - GAP_X + 4;
  const height = tallest * (HEIGHT + GAP_Y) + GAP_Y;
  const places = new Map(
    found.flatMap((layer, column) =>
      layer.map((node, row) => {
        const step = height / layer.length;
        return [node, { x: 2 + column * (WIDTH + GAP_X), y: step * (row + 0.5) - HEIGHT / 2 }] as const;
      }),
    ),
  );
  const place = (node: number): Place => places.get(node) as Place;
  const lines = joins.map(({ edge: [from, to], way }) =>
    svg('path', { class: `edge ${way}`, d: curve(place(from), place(to)), 'marker-end': 'url(#arrow)' }),
  );
  const order = found.flat();
  const drawn = order.map((node) => drawNode(nodes[node] as Node, place(node), wordsOf(node, nodes, joins)));
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
              markerWidth: 7,
              markerHeight: 7,
              orient: 'auto',
            },
            svg('path', { d: 'M0 0L8 4L0 8z' }),
          ),
        ),
        ...lines,
        ...drawn,
      ),
    ),
    h('figcaption', {}, label, legend(joins)),
  );
}

interface Place {
  x: number;
  y: number;
}

/** From the right of one node to the left of another; where that is before it, around both. */
function curve(from: Place, to: Place): string {
  const [x, y] = [from.x + WIDTH, from.y + HEIGHT / 2];
  const [endX, endY] = [to.x, to.y + HEIGHT / 2];
  const bend = endX > x ? (endX - x) / 2 : GAP_X;
  return `M${x} ${y}C${x + bend} ${y} ${endX - bend} ${endY} ${endX} ${endY}`;
}

function drawNode(
  { title, href, detail, group, isChosen }: Node,
  { x, y }: Place,
  words: string,
): SVGElement {
  return svg(
    'a',
    { href, class: `node${isChosen ? ' chosen' : ''}`, 'aria-label': `${title}, ${detail}${words}` },
    svg('title', {}, title),
    svg('rect', { x, y, width: WIDTH, height: HEIGHT, rx: 5 }),
    svg('rect', { x, y, width: 6, height: HEIGHT, class: `mark hue${group % GROUPS}` }),
    svg('text', { x: x + 13, y: y + 16 }, shortened(title, LETTERS)),
    svg('text', { x: x + 13, y: y + 31, class: 'detail' }, shortened(detail, LETTERS + 4)),
  );
}

/** What the lines that begin at a node say. */
function wordsOf(node: number, nodes: readonly Node[], joins: readonly Join[]): string {
  const own = joins.filter(({ edge }) => edge[0] === node).slice(0, 8);
  return own.map(({ edge, way }) => `; ${WORDS[way]} ${(nodes[edge[1]] as Node).title}`).join('');
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
