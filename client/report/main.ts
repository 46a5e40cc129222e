/** The page of a report: reads the data that it holds, and shows what its fragment says. */
import type { ReportData } from '../../lib/report/data';
import { compare } from './compare';
import { type Context, measureOf, type View } from './context';
import { h, heading } from './dom';
import { graph } from './graph';
import { matrix } from './matrix';
import { module } from './module';
import { overview } from './overview';
import { page } from './page';
import { bundle, packages } from './parts';
import { releases } from './releases';
import { makeReport, type Report } from './report';
import { href, parseRoute, type Route } from './route';
import { search, summary } from './search';
import { treemap } from './treemap';

const VIEWS = new Map<string, View>([
  ['overview', overview],
  ['page', page],
  ['treemap', treemap],
  ['graph', graph],
  ['matrix', matrix],
  ['module', module],
  ['bundle', bundle],
  ['package', packages],
  ['search', search],
  ['releases', releases],
  ['compare', compare],
]);

/** What the menu leads to. */
const MENU = [
  ['overview', 'Overview'],
  ['treemap', 'Treemap'],
  ['graph', 'Graph'],
  ['matrix', 'Matrix'],
  ['releases', 'Releases'],
  ['compare', 'Compare'],
] as const;

const unknown: View = () => [heading('There is no such view')];

function dataOf(id: string): ReportData | undefined {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as ReportData) : undefined;
}

const report = makeReport(dataOf('data') as ReportData);
const earlier = dataOf('before');
let before = earlier && makeReport(earlier);

const main = h('main', { id: 'main' });
const menu = h('nav', { 'aria-label': 'Views' });
const status = h('p', { role: 'status', class: 'spoken' });
const field = h('input', {
  type: 'search',
  id: 'field',
  autocomplete: 'off',
  spellcheck: 'false',
  oninput: () => type(),
  onkeydown: (event) => (event as KeyboardEvent).key === 'ArrowDown' && focusFirst(event),
});

/** Letters replace what is shown, so that one step back leaves the search. */
function type(): void {
  const fragment = href('search', field.value);
  if (parseRoute(location.hash).view === 'search') history.replaceState(null, '', fragment);
  else history.pushState(null, '', fragment);
  show();
  status.textContent = summary(report, field.value);
}

function focusFirst(event: Event): void {
  const first = main.querySelector<HTMLElement>('li a');
  if (first === null) return;
  event.preventDefault();
  first.focus();
}

/** Arrows move through results. */
function moveInResults(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || parseRoute(location.hash).view !== 'search') return;
  const links = [...main.querySelectorAll<HTMLElement>('li a')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  if (at === -1) return;
  event.preventDefault();
  (links[at + step] ?? (step < 0 ? field : links[at]))?.focus();
}

let shown: Route | undefined;

function show(): void {
  const route = parseRoute(location.hash);
  const context: Context = { report, before, setBefore, route, measure: measureOf(route, report) };
  const view = VIEWS.get(route.view) ?? unknown;
  const focused = document.activeElement;
  const wasInside = focused !== null && main.contains(focused);
  const children = view(context);
  main.replaceChildren(h('div', {}, ...children));
  drawMenu(route);
  if (document.activeElement !== field) field.value = route.view === 'search' ? route.value : field.value;
  const title = main.querySelector('h2');
  document.title = `${title?.textContent} · dynapack`;
  moveFocus(route, wasInside ? focused : undefined);
  shown = route;
}

/** What was used keeps the focus where it is still there; a new view gets it at its heading. */
function moveFocus(route: Route, focused: Element | undefined): void {
  if (shown === undefined || document.activeElement === field) return;
  const isSame = shown.view === route.view;
  const again = isSame && focused?.id ? document.getElementById(focused.id) : null;
  const place = isSame && focused ? main.querySelector<SVGElement>('[data-focus]') : null;
  if (again === null && place === null) scrollTo(0, 0);
  (again ?? place ?? main.querySelector<HTMLElement>('h2'))?.focus();
}

function drawMenu({ view }: Route): void {
  const items = MENU.filter(([key]) => key !== 'releases' || report.data.releases !== undefined);
  menu.replaceChildren(
    h(
      'ul',
      {},
      ...items.map(([key, text]) =>
        h('li', {}, h('a', { href: href(key), 'aria-current': key === view && 'page' }, text)),
      ),
    ),
  );
}

function setBefore(other: Report): void {
  before = other;
  show();
}

addEventListener('hashchange', show);
main.addEventListener('keydown', moveInResults);

document.body.append(
  h('a', { href: '#main', class: 'skip', onclick: skip }, 'Skip to the contents'),
  h(
    'header',
    {},
    h('h1', {}, 'dynapack report'),
    menu,
    h(
      'form',
      { role: 'search', onsubmit: (event) => event.preventDefault() },
      h('label', { for: 'field' }, 'Search'),
      ' ',
      field,
    ),
    status,
  ),
  main,
);
show();

/** The fragment says what is shown, so this link only moves the focus. */
function skip(event: Event): void {
  event.preventDefault();
  main.querySelector('h2')?.focus();
}
