/** The treemap, with a table that says the same. A click or Enter leads into a bundle, a package, a module; Escape leads out. */
import { type HierarchyRectangularNode, hierarchy, treemap as layout } from 'd3-hierarchy';
import type { Context } from './context';
import { chooseMeasure } from './controls';
import { type Child, h, heading, joined, named, svg } from './dom';
import { GROUPS } from './draw';
import { bytes, percent, shortened } from './format';
import { moveWithKeys } from './keys';
import { link } from './links';
import { sizes, table } from './table';
import { type Branch, bundleBranch, OWN, packageBranch, tree } from './tree';

const WIDTH = 1000;
const HEIGHT = 520;
const TITLE = 18;

/** What is smaller than this, in square units of the picture, is not drawn. */
const LEAST = 12;

/** So many parts are drawn within the cells at most. */
const MOST = 1500;

export function treemap(context: Context): Child[] {
  const [whole, ...way] = wayTo(context);
  const shown = way.at(-1) ?? (whole as Branch);
  const parent = way.length > 1 ? way.at(-2) : way.length === 1 ? whole : undefined;
  const crumbs = [whole as Branch, ...way].map((branch) =>
    branch === shown
      ? h('span', { 'aria-current': 'page' }, named(branch.title))
      : link(branch.href ?? '', branch.title),
  );
  return [
    heading('Treemap'),
    h('div', { class: 'choices' }, chooseMeasure(context.measure, context.report.measures)),
    h('nav', { 'aria-label': 'Where you are in the treemap', class: 'crumbs' }, joined(crumbs, ' › ')),
    h('p', { id: 'keys', class: 'note' }, 'Arrows move, Enter opens, Escape leads back.'),
    withPointed(picture(shown, parent)),
    branchTable(shown, context.measure),
  ];
}

/** From all bundles to what is shown. A name that is not there leads no further. */
function wayTo({ report, route, measure }: Context): Branch[] {
  const way = [tree(report, measure)];
  const bundle = report.data.bundles[report.bundles.get(route.value) ?? -1];
  if (bundle === undefined) return way;
  way.push(bundleBranch(report, bundle, measure));
  const directory = route.options.get('package');
  const index = report.packages.get(directory ?? '');
  if (directory === OWN || index !== undefined) way.push(packageBranch(report, bundle, index, measure));
  return way;
}

type Cell = HierarchyRectangularNode<Branch>;

function picture(shown: Branch, parent: Branch | undefined): SVGElement {
  const root = layout<Branch>()
    .size([WIDTH, HEIGHT])
    .paddingInner(2)
    .paddingTop((node) => (node.depth === 1 && node.children && hasTitle(node) ? TITLE : 0))
    .round(true)(
    hierarchy(shown)
      .sum(({ children, size: own }) => (children?.length ? 0 : own))
      .sort((a, b) => (b.value ?? 0) - (a.value ?? 0)),
  );
  const inner = partsOf(root);
  const byCell = new Map<Cell, Cell[]>();
  for (const node of inner) {
    const cell = node.ancestors().at(-2) as Cell;
    byCell.set(cell, [...(byCell.get(cell) ?? []), node]);
  }
  const cells = (root.children ?? []).filter((cell) => areaOf(cell) >= LEAST);
  const drawn = cells.map((cell, at) => drawCell(cell, byCell.get(cell) ?? [], at, shown.size));
  const element = svg(
    'svg',
    {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      class: 'treemap',
      role: 'group',
      'aria-label': `Treemap of ${shown.title}`,
      'aria-describedby': 'keys',
    },
    ...drawn,
    svg('g', { 'aria-hidden': 'true' }, ...cells.map(drawLabel), ...inner.map(drawDetail)),
  );
  moveWithKeys(
    element,
    cells.flatMap((cell, at) => {
      const anchor = drawn[at] as SVGElement;
      return cell.data.href === undefined
        ? []
        : [{ anchor, x: (cell.x0 + cell.x1) / 2, y: (cell.y0 + cell.y1) / 2 }];
    }),
    parent?.href,
  );
  return element;
}

/** What is drawn within cells: modules, or where these are too many, what is below the cells. */
function partsOf(root: Cell): Cell[] {
  const below = root.descendants().filter((node) => node.depth > 1 && areaOf(node) >= LEAST);
  const leaves = below.filter(({ children }) => !children);
  if (leaves.length <= MOST) return leaves;
  return below.filter(({ depth }) => depth === 2).slice(0, MOST);
}

/** Below the picture stands what the pointer is on. */
function withPointed(drawn: SVGElement): HTMLElement {
  const line = h('p', { class: 'note', 'aria-hidden': 'true' }, '\u00a0');
  drawn.addEventListener('pointermove', ({ target }) => {
    line.textContent = (target as Element).getAttribute('data-part') ?? '\u00a0';
  });
  return h('div', {}, drawn, line);
}

/** Whether there is room for a title above what is in it. */
const hasTitle = ({ y0, y1 }: Cell): boolean => y1 - y0 > TITLE * 2;

const areaOf = ({ x0, x1, y0, y1 }: Cell): number => (x1 - x0) * (y1 - y0);

function drawCell(cell: Cell, inner: readonly Cell[], index: number, whole: number): SVGElement {
  const { title, size: own, href } = cell.data;
  const label = `${title}, ${bytes(own)}, ${percent(own / (whole || 1))}`;
  return svg(
    href === undefined ? 'g' : 'a',
    { href, class: `cell hue${index % GROUPS}`, 'aria-label': href && label },
    drawPart(cell, label),
    ...inner.map((part) => drawPart(part, `${part.data.title}, ${bytes(part.data.size)}`)),
  );
}

/** Beside the cells, whose links have their whole names: there may be room for a part of one only. */
function drawLabel(cell: Cell): Child {
  const { x0, x1, y0, y1, data } = cell;
  const letters = Math.floor((x1 - x0 - 8) / 8);
  if (letters < 6 || !(cell.children ? hasTitle(cell) : y1 - y0 >= TITLE)) return undefined;
  const { title } = data;
  const name = title.length > letters ? `${title.slice(0, letters - 1)}…` : title;
  const text = title.length + 10 > letters ? name : `${title} ${bytes(data.size)}`;
  return svg('text', { x: x0 + 4, y: y0 + 13 }, text);
}

/** The ends of long names tell more than their beginnings. */
function drawDetail({ x0, x1, y0, y1, data }: Cell): Child {
  const letters = Math.floor((x1 - x0 - 8) / 7);
  if (letters < 10 || y1 - y0 < TITLE) return undefined;
  return svg('text', { x: x0 + 4, y: y0 + 13, class: 'detail' }, shortened(data.title, letters));
}

const drawPart = ({ x0, y0, x1, y1 }: Cell, part: string): SVGElement =>
  svg('rect', { x: x0, y: y0, width: x1 - x0, height: y1 - y0, 'data-part': part });

function branchTable(shown: Branch, measure: string): HTMLElement {
  const rows = [...(shown.children ?? [])].sort((a, b) => b.size - a.size);
  return table<Branch>(
    `${shown.title}, the largest first`,
    [
      {
        title: 'Part',
        cell: ({ href, title }) => (href === undefined ? title : link(href, title)),
        value: ({ title }) => title,
        isName: true,
      },
      sizes(measure, (row) => row.size),
      { title: 'Share', cell: (row) => percent(row.size / (shown.size || 1)), isNumber: true },
      {
        title: 'Holds',
        cell: ({ children }) => (children === undefined ? '' : String(children.length)),
        isNumber: true,
      },
    ],
    rows,
    20,
  );
}
