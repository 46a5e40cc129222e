/** The declarations of the installed package, checked by the compiler in the ways users have it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { becomesStyle, isAssetFile } from '../../lib/formats';
import { Running } from '../helpers/process';
import { installed, repository } from './installed';

const api = `
  const options: dynapack.Options = { prefix: '/js/', dynamic: ['js'], resolve: { alias: { a: false } } };
  const pack: dynapack.Pack = dynapack(options);
  const another: dynapack.Pack = new dynapack();
  // @ts-expect-error: the pack is not any
  const wrong: number = another;
  // @ts-expect-error: a typo
  dynapack({ prefx: '/js/' });
  // @ts-expect-error: a typo further in
  dynapack({ resolve: { extension: ['.js'] } });
  // @ts-expect-error: a wrong type
  dynapack({ debug: 'yes' });

  pack.on('bundled', (metadata) => {
    const names: string[] = Object.keys(metadata.bundles);
    const paths: string[] | undefined = metadata.bundles['main.js'];
    const typed: dynapack.BuildMetadata = metadata;
    // @ts-expect-error: a typo
    return [names, paths, typed, metadata.bundle];
  });
  pack.on('log', (event) => {
    const log: dynapack.LogEvent = event;
    if (log.type === 'module') log.path.toUpperCase();
    else log.milliseconds.toFixed();
  });
  pack.on('warning', (warning: dynapack.WarningEvent) => warning.message.toUpperCase());
  pack.on('end', () => pack.scripts().end({ 'main.js': 'main-3def45.min.js' }));
  pack.once('error', (error) => {
    if (error instanceof dynapack.DynapackError) error.code.toUpperCase();
    const lineOf = ({ lineNumber }: dynapack.DynapackError): number | undefined => lineNumber;
    return lineOf;
  });

  const entry: dynapack.EntryInput = { path: '/abs/admin.js', contents: 'var a;' };
  pack.write('/abs/main.js');
  pack.write(entry);
  // @ts-expect-error: no entry
  pack.write(7);
  pack.deps().pipe(pack.mods());
  const minify: dynapack.Minify = async (code, { module, path }) => ({ code: code + module + path, map: '{}' });
  pack.pipe(pack.minify()).pipe(pack.minify((code) => code)).pipe(pack.minify(minify));
  // @ts-expect-error: options of terser
  pack.minify({ mangle: false });
  const scriptsOptions: dynapack.ScriptsOptions = { integrity: true, crossorigin: 'anonymous' };
  pack.scripts(scriptsOptions);
  // @ts-expect-error: a typo
  pack.scripts({ integrty: true });
  pack.end('/abs/main.js');
`;

const serverApi = `
  const instance: dynosrc.DynoSrc = dynosrc.factory({ assetsDir: 'assets', dev: true });
  dynosrc.assets({ jquery: { source: 'npm', head: '3.7.1', alias: 'j' } });
  // @ts-expect-error: a typo
  dynosrc.globals({ asetsDir: 'assets' });
  const source: dynosrc.Source = { read: async (asset, reference) => ({ name: reference, text: asset.id }) };
  instance.defineSource('memory', source);
  const request = { headers: { cookie: 'a=b' } };
  instance.getPatches(request, { patches: ['a'] }).then((elements: string[]) => elements);
  instance.getPatches(request, { patches: ['a'], format: 'json' }, (error, records) => {
    const diff: string | undefined = records?.[0]?.diff;
    return [error, diff];
  });
  instance.patch('a', null, 'HEAD').then(({ raw }: dynosrc.PatchRecord) => raw);
  instance.patch('a', '1', '2', 'js', (error, call) => [error, call?.trim()]);
  createServer((incoming, response) => instance.middleware()(incoming, response, () => response.end()));
`;

const chain = `
  export const scripts = () => {
    const pack = dynapack();
    return src('src/*.js').pipe(pack).pipe(dest('js')).pipe(pack.scripts()).pipe(dest('html'));
  };
`;

const byName = `
  import { cache, DynapackError, patches } from 'dynapack';
  import { assets, factory, type Globals } from 'dynapack/server';
  export const kept: import('dynapack').Cache = cache('cache');
  export const globals: Globals = { dev: true };
  export const all = [patches, assets, factory(globals).middleware(), new DynapackError('CODE', 'message')];
`;

const byDefault = "import dynapack from 'dynapack';";
const byRequire = "import dynapack = require('dynapack');";
const withGulp = "import { dest, src } from 'gulp';";

const resolutions: Record<string, string[]> = {
  node16: ['--module', 'node16', '--moduleResolution', 'node16'],
  nodenext: ['--module', 'nodenext', '--moduleResolution', 'nodenext'],
  bundler: ['--module', 'preserve', '--moduleResolution', 'bundler'],
};

/** Kinds of consumers: `.ts` and `.cts` are CommonJS here, `.mts` is an ES module. */
const extensions = ['ts', 'cts', 'mts'];

async function check(files: Record<string, string>, ...flags: string[]): Promise<string> {
  const directory = await installed();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const tsc = join(repository, 'node_modules/.bin/tsc');
  const common = ['--noEmit', '--ignoreConfig', '--strict', '--target', 'es2022', '--types', 'node'];
  const args = [...common, ...flags, ...Object.keys(files)];
  return (await new Running(tsc, args, directory).finished).output;
}

describe('the declarations', function () {
  this.timeout(120_000);
  before(installed);

  for (const [resolution, flags] of Object.entries(resolutions)) {
    it(`check in every kind of module under ${resolution}, with those of gulp`, async () => {
      const files: Record<string, string> = {};
      for (const extension of extensions) {
        files[`default.${extension}`] = `${byDefault} ${withGulp} ${api} ${chain}`;
        files[`require.${extension}`] = `${byRequire} ${withGulp} ${api} ${chain}`;
      }
      expect(await check(files, '--skipLibCheck', ...flags)).to.equal('');
    });
  }

  it('let everything be imported by name', async () => {
    for (const flags of Object.values(resolutions)) {
      const files = { 'named.mts': byName, 'named.cts': byName };
      expect(await check(files, '--skipLibCheck', ...flags)).to.equal('');
    }
  });

  it('check for the server as well', async () => {
    const http = "import { createServer } from 'node:http';";
    for (const flags of Object.values(resolutions)) {
      const files = {
        'server.mts': `import dynosrc from 'dynapack/server'; ${http} ${serverApi}`,
        'server.cts': `import dynosrc = require('dynapack/server'); import { createServer } from 'node:http'; ${serverApi}`,
      };
      const strict = [
        '--exactOptionalPropertyTypes',
        '--noUncheckedIndexedAccess',
        '--skipLibCheck',
        'false',
      ];
      expect(await check(files, ...strict, ...flags)).to.equal('');
    }
  });

  it('are right in themselves, with the strictest options', async () => {
    const strict = ['--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--skipLibCheck', 'false'];
    const files = { 'strict.mts': `${byDefault} ${api}`, 'strict.ts': `${byRequire} ${api}` };
    expect(await check(files, ...strict, ...(resolutions.nodenext as string[]))).to.equal('');
  });

  it('name the right option for a typo', async () => {
    const output = await check(
      { 'typo.ts': `${byDefault} dynapack({ prefx: '/js/' });` },
      '--skipLibCheck',
      ...(resolutions.nodenext as string[]),
    );
    expect(output).to.include("Did you mean to write 'prefix'?");
  });

  it('of files that are no scripts are there for who asks for them', async () => {
    const use = `
      import './page.css';
      import './sheet.scss';
      import names from './page.module.css';
      import logo from './logo.svg';
      import text from './notes.md?raw';
      import Count from './count.js?worker';
      export const values: string[] = [names.title ?? '', logo, text];
      export const worker: Worker = new Count({ name: 'count' });
      export const parts: Record<string, () => Promise<{ run(): void }>> = import.meta.glob('./parts/*.js');
      export const icons = import.meta.glob<string>('./*.svg', { eager: true, import: 'default' });
      icons['./a.svg']?.toUpperCase();
      // @ts-expect-error: a style without names has none
      import { none } from './page.css';
      // @ts-expect-error: nothing says what this is
      import other from './other.unknown';
      // @ts-expect-error: no option
      import.meta.glob('./*.js', { egaer: true });
      export const unused = [none, other];`;
    const libraries = ['--lib', 'es2022,dom', '--skipLibCheck', 'false', '--types', 'node,dynapack/files'];
    for (const flags of [resolutions.bundler, resolutions.nodenext] as string[][])
      expect(await check({ 'files.mts': use }, ...libraries, ...flags)).to.equal('');
  });

  it('of files name what the pack takes for assets and styles, and all of it', () => {
    const text = readFileSync(join(repository, 'lib/files.d.ts'), 'utf8');
    const formats = readFileSync(join(repository, 'lib/formats.ts'), 'utf8');
    const declared = [...text.matchAll(/declare module '\*(\.[^.']+)'/g)].map((match) => match[1] as string);
    const isKnown = (extension: string): boolean =>
      isAssetFile(`file${extension}`) || becomesStyle(`file${extension}`);
    expect(declared.filter((extension) => !isKnown(extension))).to.deep.equal([]);
    const mentioned = new Set([...formats.matchAll(/'(\.[a-z\d]+)'/g)].map((match) => match[1] as string));
    expect([...mentioned].filter((each) => isKnown(each) && !declared.includes(each))).to.deep.equal([]);
  });
});
