import { join } from 'node:path';
import { load } from './load';
import { type Job, modulePages, nameOf, type Peer } from './peer';

interface Build {
  cache: object;
  write(options: object): Promise<unknown>;
  close(): Promise<void>;
}

interface Rollup {
  rollup(options: object): Promise<Build>;
}

type Plugin = (options?: object) => object;

async function plugins(project: string): Promise<object[]> {
  const [commonjs, json, resolve, replace] = (await Promise.all(
    ['commonjs', 'json', 'node-resolve', 'replace'].map((name) => load(project, `@rollup/plugin-${name}`)),
  )) as [Plugin, Plugin, Plugin, Plugin];
  return [
    resolve({ browser: true, preferBuiltins: false }),
    commonjs(),
    json(),
    replace({ values: { 'process.env.NODE_ENV': '"production"' }, preventAssignment: true }),
  ];
}

interface Terser {
  minify(code: string, options: object): Promise<{ code?: string }>;
}

/** What its plugin of terser does, without threads. */
async function minifier(project: string): Promise<object> {
  const { minify } = await load<Terser>(project, 'terser', 'webpack');
  return { name: 'terser', renderChunk: (code: string) => minify(code, { module: true }) };
}

/** Builds once. What it gives is what the next build may reuse. */
async function build(job: Job, used: object[], cache: object | false): Promise<object> {
  const { rollup } = await load<Rollup>(job.project, 'rollup');
  const bundle = await rollup({
    input: Object.fromEntries(job.entries.map((entry) => [nameOf(entry), join(job.directory, entry)])),
    plugins: used,
    cache,
    onLog: () => undefined,
  });
  await bundle.write({ dir: job.output, format: 'es', entryFileNames: '[name].js' });
  await bundle.close();
  return bundle.cache;
}

export const rollup: Peer = {
  hasDiskCache: false,
  readsModules: true,
  minifies: true,
  hasEnsure: false,
  async build(job) {
    const used = await plugins(job.project);
    await build(job, job.minify ? [...used, await minifier(job.project)] : used, false);
    return modulePages(job.entries);
  },
  async open(job) {
    // Plugins keep things as well, without which a cache is no use.
    const used = await plugins(job.project);
    let cache = await build(job, used, {});
    return {
      async rebuild(edit) {
        edit();
        cache = await build(job, used, cache);
      },
      close: async () => undefined,
    };
  },
};
