/** Small programs of scripts and styles, which begin with two entries. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const ENTRIES = ['one', 'two'];

/** What a script has: the names of scripts and styles that it imports, in order, and of parts that it may load later. */
export interface Script {
  imports: readonly string[];
  later: readonly string[];
}

export interface Program {
  name: string;
  scripts: Readonly<Record<string, Script>>;
  /** Names, whose places are the styles' numbers. */
  styles: readonly string[];
}

/** Styles have capital letters. */
const isStyle = (name: string): boolean => name < 'a';

/** @param scripts script → its imports, and its parts if it has some, in a text each */
export function programOf(name: string, scripts: Readonly<Record<string, readonly string[]>>): Program {
  const split = (text = ''): string[] => text.split(' ').filter((each) => each !== '');
  const all = Object.entries(scripts).map(([script, [imports, later]]): [string, Script] => [
    script,
    { imports: split(imports), later: split(later) },
  ]);
  const styles = [...new Set(all.flatMap(([, { imports }]) => imports.filter(isStyle)))].sort();
  return { name, scripts: Object.fromEntries(all), styles };
}

/** The order in which evaluating a script comes to styles, by their numbers: what is imported first, each once. */
export function documentOf({ scripts, styles }: Program, root: string): number[] {
  const evaluated = new Set<string>();
  const evaluate = (name: string): number[] => {
    if (evaluated.has(name)) return [];
    evaluated.add(name);
    return isStyle(name) ? [styles.indexOf(name)] : (scripts[name]?.imports ?? []).flatMap(evaluate);
  };
  return evaluate(root);
}

/** The parts that a root may load: its own, and those of the scripts it imports. */
export function offersOf({ scripts }: Program, root: string): string[] {
  const reached = new Set([root]);
  for (const name of reached) for (const target of scripts[name]?.imports ?? []) reached.add(target);
  return [...new Set([...reached].flatMap((name) => scripts[name]?.later ?? []))];
}

/** All that visits can load, beginning with the entry. */
export function rootsOf(program: Program, entry: string): string[] {
  const roots = new Set([entry]);
  for (const root of roots) for (const part of offersOf(program, root)) roots.add(part);
  return [...roots];
}

/**
 * Says that it is there, and of each other style that it comes later, which only the last one of the two can say. Other rules make it as
 * long as styles of a component are.
 */
export function styleText({ styles }: Program, style: number): string {
  const pairs = styles.flatMap((_, other) =>
    other === style ? [] : [`--${pairName(style, other)}: ${style};`],
  );
  const others = Array.from(
    { length: 12 + ((style * 7) % 24) },
    (_, rule) =>
      `.part-${style} .item-${rule} {\n  margin: ${rule}px;\n  color: rgb(${style}, ${rule}, 0);\n}`,
  );
  return [`html {\n  --s${style}: 1;\n  ${pairs.join('\n  ')}\n}`, ...others, ''].join('\n');
}

export const pairName = (style: number, other: number): string =>
  `p${Math.min(style, other)}-${Math.max(style, other)}`;

/** The styles whose text is in another one, each as often as it is. */
export const stylesIn = (text: string): number[] =>
  [...text.matchAll(/--s(\d+):/g)].map(([, style]) => Number(style));

function scriptText(program: Program, name: string): string {
  const { imports, later } = program.scripts[name] as Script;
  return [
    ...imports.map((target) => `import './${target}${isStyle(target) ? '.css' : '.js'}';`),
    ...later.map((part) => `self.offer('${part}', () => import('./${part}.js'));`),
    `self.run('${name}', ${JSON.stringify(documentOf(program, name))});`,
    '',
  ].join('\n');
}

/** Writes all files into an empty directory. */
export function writeProgram(program: Program, directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{ "name": "styles", "private": true }\n');
  for (const name of Object.keys(program.scripts))
    writeFileSync(join(directory, `${name}.js`), scriptText(program, name));
  program.styles.forEach((name, style) => {
    writeFileSync(join(directory, `${name}.css`), styleText(program, style));
  });
}
