import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { esbuild as peer } from '../../peers/esbuild';
import { ENTRIES } from '../program';
import { type Bundler, pagesWith, styleTag } from './bundler';

/** Writes a style beside each script that is asked for by itself; pages name that of their entry. */
export const esbuild: Bundler = async ({ project, directory, output }) => {
  const entries = ENTRIES.map((entry) => `${entry}.js`);
  const scripts = await peer.build({ project, directory, entries, output, edited: '' });
  const styleOf = (entry: string): string =>
    existsSync(join(output, `${entry}.css`)) ? styleTag(`${entry}.css`) : '';
  return { pages: pagesWith((entry) => styleOf(entry) + scripts[`${entry}.js`]), warnings: 0 };
};
