/** What bundlers add to modules: a loader, and something for every module. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { minify } from 'terser';
import { jobOf, outputOf, run } from '../measure';
import type { PeerName } from '../peers';
import type { App } from '../program';
import { TINY_LENGTH, writeTinyApp } from '../tiny-app';
import { scriptsIn } from '../visits/modules';
import { peerFor } from './builds';
import type { Question, Wish } from './question';

/** How many modules are added to see what one of them costs. */
const MODULES = 100;

/** Scripts in a page; what is data, such as an import map, stays as it is. */
async function minifyInline(html: string): Promise<string[]> {
  const scripts = [...html.matchAll(/<script([^>]*)>(.+?)<\/script>/gs)];
  return Promise.all(
    scripts.map(async ([, attributes = '', text = '']) =>
      attributes.includes('importmap') ? text : minifyScript(text, false),
    ),
  );
}

const minifyScript = async (text: string, module: boolean): Promise<string> =>
  (await minify(text, { module })).code ?? '';

/** The scripts in a page and in its files, minified. */
async function scriptsOf(peer: PeerName, app: App, { timeout }: Wish): Promise<string[]> {
  const { pages } = await run({ peer, job: jobOf(peer, app, 'cold') }, timeout);
  const html = Object.values(pages).join('');
  const output = outputOf(peer, app, 'cold');
  const files = scriptsIn(output).map((file) => readFileSync(join(output, file), 'utf8'));
  const isModule = html.includes('type="module"');
  const minified = await Promise.all(files.map((text) => minifyScript(text, isModule)));
  return [...(await minifyInline(html)), ...minified];
}

const lengthOf = (texts: readonly string[]): number => texts.join('').length;

const gzippedLengthOf = (texts: readonly string[]): number =>
  texts.reduce((total, text) => total + gzipSync(text, { level: 9 }).length, 0);

/** Bytes that a module adds to a program that has such modules, besides its own. */
async function perModule(peer: PeerName, hasModules: boolean, wish: Wish): Promise<number> {
  const one = lengthOf(await scriptsOf(peer, writeTinyApp(1, hasModules), wish));
  const more = lengthOf(await scriptsOf(peer, writeTinyApp(1 + MODULES, hasModules), wish));
  return (more - one) / MODULES - TINY_LENGTH;
}

export const loader: Question = {
  title: 'All scripts of two modules, one of them requested later, minified by terser',
  apps: ['tiny'],
  columns: [
    { heading: 'import(): bytes' },
    { heading: 'gzip', ratio: true },
    { heading: 'require.ensure: gzip' },
    { heading: 'added per CommonJS module', digits: 1 },
    { heading: 'added per ES module', digits: 1 },
  ],
  async ask(peer, app, wish) {
    const { hasEnsure, readsModules } = peerFor(peer, app);
    const scripts = await scriptsOf(peer, app, wish);
    return [
      lengthOf(scripts),
      gzippedLengthOf(scripts),
      hasEnsure ? gzippedLengthOf(await scriptsOf(peer, writeTinyApp(0, false, 'ensure'), wish)) : '–',
      await perModule(peer, false, wish),
      readsModules ? await perModule(peer, true, wish) : '–',
    ];
  },
};
