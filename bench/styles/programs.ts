/** The programs that are bundled: some made by hand, others at random. */
import { randomNumbers } from '../generate-graph';
import { type Program, programOf } from './program';

const fixed: readonly Program[] = [
  programOf('two entries, three sheets', { one: ['A B C'], two: ['C A B'] }),
  programOf('lazy sheet before a shared one', {
    one: ['A B C', 'menu'],
    two: ['C A B', 'menu'],
    menu: ['Menu C'],
  }),
  programOf('lazy parts in both orders', {
    one: ['A B C', 'left right'],
    two: ['B C A', 'right left'],
    left: ['Left Shared Last'],
    right: ['Right Shared Last'],
  }),
  programOf('lazy sheets of the entry', {
    one: ['A B C', 'dialog menu'],
    two: ['B A C', 'menu'],
    dialog: ['A Dialog B'],
    menu: ['B Menu C'],
  }),
  programOf('deep imports', {
    one: ['frame A', 'part'],
    two: ['A frame', 'part other'],
    frame: ['base B'],
    base: ['Reset C'],
    part: ['base Part button'],
    other: ['frame Other button'],
    button: ['Base Button'],
  }),
  programOf('parts of parts', {
    one: ['A B C', 'page'],
    two: ['C B A', 'page'],
    page: ['Page Shared', 'dialog'],
    dialog: ['Dialog Page C'],
  }),
  programOf('parts that contradict each other', {
    one: ['A B C', 'left right'],
    two: ['B C A', 'right left'],
    left: ['A Shared Last'],
    right: ['A Last Shared'],
  }),
];

type Below = (limit: number) => number;

function shuffle(names: readonly string[], below: Below): string[] {
  const left = [...names];
  return names.map(() => left.splice(below(left.length), 1)[0] as string);
}

const some = (names: readonly string[], below: Below, ofTen: number): string[] =>
  names.filter(() => below(10) < ofTen);

/** Two entries that have three styles in orders of their own; two to four parts with styles of theirs, of each other, and of the entries. */
function randomProgram(seed: number): Program {
  const random = randomNumbers(seed);
  const below: Below = (limit) => Math.floor(random() * limit);
  const disorder = below(3) * 3;
  const inOrder = (names: readonly string[]): string =>
    (below(10) < disorder ? shuffle(names, below) : [...names].sort()).join(' ');
  const parts = ['left', 'menu', 'page', 'view'].slice(0, 2 + below(3));
  const scripts: Record<string, readonly string[]> = {
    widget: [inOrder(['W', ...some(['A', 'X'], below, 4)])],
    one: [inOrder(['A', 'B', 'C', ...some(['widget'], below, 4)]), some(parts, below, 7).join(' ')],
    two: [
      shuffle(['A', 'B', 'C', ...some(['X'], below, 3)], below).join(' '),
      some(parts, below, 7).join(' '),
    ],
  };
  parts.forEach((part, index) => {
    const own = some([`${'DKQZ'[index]}1`, `${'DKQZ'[index]}2`], below, 7);
    const shared = some(['A', 'B', 'C', 'X', 'Y', 'widget'], below, 4);
    const later = some(parts.slice(index + 1), below, 2);
    scripts[part] = [inOrder([...own, ...shared]), later.join(' ')];
  });
  return programOf(`random ${seed}`, scripts);
}

/** @param random how many random ones follow those made by hand */
export const listPrograms = (random: number): Program[] => [
  ...fixed,
  ...Array.from({ length: random }, (_, index) => randomProgram(index + 1)),
];
