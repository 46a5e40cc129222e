/** Search of modules, packages, bundles, pages, other files, and exports. */
import type { Context } from './context';
import { type Child, h, heading, joined, named } from './dom';
import { counted } from './format';
import { bundleLink, moduleLink, packageLink, pageLink } from './links';
import { list } from './lists';
import { packageTitle, type Report } from './report';

interface Found {
  /** The smaller, the better. */
  rank: number;
  draw(): Child;
}

/** What one kind of things is called by. */
interface Kind {
  title: string;
  find(words: string): Found[];
}

/** 0 for the name itself, 1 where it begins so, behind a slash as well, 2 where it is within, 3 where its words are. */
function rankOf(name: string, words: string): number {
  const text = name.toLowerCase();
  const place = text.indexOf(words);
  if (place === -1) return words.split(/\s+/).every((word) => text.includes(word)) ? 3 : -1;
  if (text === words) return 0;
  return place === 0 || text.includes(`/${words}`) ? 1 : 2;
}

const findIn = (
  words: string,
  names: Iterable<readonly [index: number, name: string]>,
  draw: (index: number, name: string) => Child,
): Found[] => {
  const found: Found[] = [];
  for (const [index, name] of names) {
    const rank = rankOf(name, words);
    if (rank !== -1) found.push({ rank, draw: () => draw(index, name) });
  }
  return found.sort((a, b) => a.rank - b.rank);
};

const kinds = (report: Report): Kind[] => {
  const { modules, packages, bundles, pages, assets, standalone = [] } = report.data;
  return [
    {
      title: 'Pages',
      find: (words) =>
        findIn(words, numbered(pages.map(({ name }) => name)), (index) => pageLink(report, index)),
    },
    {
      title: 'Packages',
      find: (words) =>
        findIn(words, numbered(packages.map(packageTitle)), (index) => [
          packageLink(report, index),
          ' in ',
          named(packages[index]!.directory),
        ]),
    },
    {
      title: 'Modules',
      find: (words) =>
        findIn(words, numbered(modules.map(({ name }) => name)), (index) => moduleLink(report, index)),
    },
    {
      title: 'Bundles',
      find: (words) => findIn(words, numbered(bundles.map(namesOf)), (index) => bundleLink(report, index)),
    },
    {
      title: 'Standalone scripts',
      find: (words) =>
        findIn(words, numbered(standalone.map(namesOf)), (index) => {
          const { served, module } = standalone[index]!;
          return [named(served), ' of ', moduleLink(report, module)];
        }),
    },
    {
      title: 'Assets',
      find: (words) =>
        findIn(words, numbered(assets.map(namesOf)), (index) => {
          const { served, modules } = assets[index]!;
          return [named(served), ' of ', joined(modules.map((each) => moduleLink(report, each)))];
        }),
    },
    { title: 'Exports', find: (words) => findIn(words, exportsOf(report), drawExport(report)) },
  ];
};

/** Both names of a file. */
const namesOf = ({ name, served }: { name: string; served: string }): string => `${name} ${served}`;

const numbered = (names: readonly string[]): IterableIterator<[number, string]> => names.entries();

function* exportsOf({ data }: Report): Iterable<[number, string]> {
  for (const [index, { exports }] of data.modules.entries()) {
    for (const name of exports?.kept ?? []) yield [index, name];
    for (const name of exports?.dropped ?? []) yield [index, name];
  }
}

const drawExport =
  (report: Report) =>
  (index: number, name: string): Child => {
    const isKept = report.data.modules[index]!.exports?.kept.includes(name);
    return [h('code', {}, named(name)), isKept ? ' of ' : ' (left out) of ', moduleLink(report, index)];
  };

export function search({ report, route }: Context): Child[] {
  const words = route.value.trim().toLowerCase();
  if (words === '') return [heading('Search'), h('p', {}, 'Type a part of a name into the field above.')];
  const found = kinds(report).map(({ title, find }) => ({ title, items: find(words) }));
  return [
    heading('Search: ', named(route.value)),
    ...found.flatMap(({ title, items }) =>
      items.length === 0
        ? []
        : [
            h('h3', {}, `${title}: ${items.length}`),
            list(
              items.map(({ draw }) => draw),
              20,
            ),
          ],
    ),
    found.every(({ items }) => items.length === 0) && h('p', {}, 'Nothing is called so.'),
  ];
}

/** For who does not see the list. */
export const summary = (report: Report, text: string): string => {
  const words = text.trim().toLowerCase();
  if (words === '') return '';
  const found = kinds(report).map(
    ({ title, find }) => [find(words).length, title.toLowerCase().slice(0, -1)] as const,
  );
  const parts = found.flatMap(([count, title]) => (count > 0 ? [counted(count, title)] : []));
  return parts.length > 0 ? `Found: ${parts.join(', ')}` : 'Nothing found';
};
