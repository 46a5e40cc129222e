import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import dynapackPackage from 'dynapack';
import { dest } from 'vinyl-fs';
import { ENTRIES } from '../program';
import { type Bundler, pagesWith } from './bundler';

/** The package of this project, as it was built last. */
export const dynapack: Bundler = async ({ directory, output }) => {
  const pack = dynapackPackage({ root: directory, env: { NODE_ENV: 'production' } });
  let warnings = 0;
  pack.on('warning', ({ code }) => {
    if (code === 'STYLE_ORDER') warnings++;
  });
  for (const entry of ENTRIES) pack.write(join(directory, `${entry}.js`));
  pack.end();
  await pipeline([pack as Duplex, dest(output) as Duplex, pack.scripts(), dest(output) as Duplex]);
  const read = (file: string): string =>
    existsSync(join(output, file)) ? readFileSync(join(output, file), 'utf8') : '';
  return { pages: pagesWith((entry) => read(`${entry}.head.html`) + read(`${entry}.html`)), warnings };
};
