/** Programs whose entry asks for all names of a library that exports them by `export *` of `export *`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from './program';
import { workspace } from './workspace';

/** How many stars the hub has, by the program's name. */
export const starCounts = { 'stars-500': 500, 'stars-1000': 1_000, 'stars-2000': 2_000 } as const;

export type StarsName = keyof typeof starCounts;

/** A hub with stars, each of a module that is a star of one with four exports. */
export function writeStarsApp(name: StarsName): App {
  const directory = join(workspace, name);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const write = (file: string, lines: readonly string[]): void =>
    writeFileSync(join(directory, file), `${lines.join('\n')}\n`);
  const numbers = [...Array(starCounts[name]).keys()];
  write('package.json', ['{ "type": "module" }']);
  write('main.js', ["import * as all from './hub.js';", 'self.linked = Object.keys(all).length;']);
  write(
    'hub.js',
    numbers.map((number) => `export * from './star${number}.js';`),
  );
  for (const number of numbers) {
    write(`star${number}.js`, [`export * from './part${number}.js';`]);
    write(
      `part${number}.js`,
      ['a', 'b', 'c', 'd'].map((letter) => `export const ${letter}${number} = ${number};`),
    );
  }
  return { name, directory, entries: ['main.js'], edited: 'part0.js', hasModules: true };
}
