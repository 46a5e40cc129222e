/** Programs of modules with one statement each: what bundlers add to them is nearly all there is. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from './program';
import { workspace } from './workspace';

const statement = (text: string): string => `self.ran.push("${text}");`;

/** Numbers of this size have three digits. */
const FIRST = 100;

/** Bytes of a module's own code. */
export const TINY_LENGTH = statement(`m${FIRST}`).length;

/** Ways to ask for the one module that is fetched later. */
const requests = {
  import: `import('./later.js');`,
  ensure: `require.ensure(['./later.js' /*js*/], function () {});`,
};

/** Writes a program that asks for one module later, and whose entry needs some others. */
export function writeTinyApp(
  modules: number,
  hasModules: boolean,
  request: keyof typeof requests = 'import',
): App {
  const directory = join(workspace, 'tiny');
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const numbers = Array.from({ length: modules }, (_, index) => FIRST + index);
  const need = (number: number): string =>
    hasModules ? `import './m${number}.js';` : `require('./m${number}.js');`;
  const write = (file: string, text: string): void => writeFileSync(join(directory, file), `${text}\n`);
  write('package.json', '{ "name": "tiny", "private": true }');
  write('main.js', `${numbers.map(need).join('\n')}\n${statement('main')}\n${requests[request]}`);
  write('later.js', statement('later'));
  for (const number of numbers) {
    write(`m${number}.js`, `${statement(`m${number}`)}${hasModules ? '\nexport {};' : ''}`);
  }
  return { name: 'tiny', directory, entries: ['main.js'], edited: 'main.js', hasModules };
}
