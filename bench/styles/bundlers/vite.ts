import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../../peers/load';
import { ENTRIES } from '../program';
import { type Bundler, pageWith } from './bundler';

interface Vite {
  build(options: object): Promise<unknown>;
}

/** Entries are pages, as its manual has several of them; it writes into these what they need. */
export const vite: Bundler = async ({ project, directory, output }) => {
  const { build } = await load<Vite>(project, 'vite');
  const inputs = ENTRIES.map((entry) => join(directory, `${entry}.html`));
  ENTRIES.forEach((entry, index) => {
    const page = pageWith(`<script type="module" src="/${entry}.js"></script>`);
    writeFileSync(inputs[index] as string, page);
  });
  await build({
    root: directory,
    configFile: false,
    logLevel: 'silent',
    build: { outDir: output, emptyOutDir: true, minify: false, rolldownOptions: { input: inputs } },
  });
  const pages = ENTRIES.map((entry) => [entry, readFileSync(join(output, `${entry}.html`), 'utf8')]);
  return { pages: Object.fromEntries(pages), warnings: 0 };
};
