import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Job, nameOf, type Pages, type Peer } from './peer';

interface Pack extends Duplex {
  minify(): Duplex;
  scripts(): Duplex;
}

/** What the bench uses of the built package and of what it depends on. */
interface Used {
  dynapack: {
    (options: object): Pack;
    /** What survives from build to build, in memory and in a directory. */
    cache?: (directory?: string) => object;
  };
  dest: (directory: string) => Duplex;
  File: new (options: { base: string; path: string }) => object;
}

function load(project: string): Used {
  const require = createRequire(join(project, 'package.json'));
  return { dynapack: require('dynapack'), dest: require('vinyl-fs').dest, File: require('vinyl') };
}

async function pack(job: Job, { dynapack, dest, File }: Used, cache?: object): Promise<void> {
  const { directory, entries, output } = job;
  const options = { root: directory, env: { NODE_ENV: 'production' } };
  const stream = dynapack(cache === undefined ? options : { ...options, cache });
  for (const entry of entries) stream.write(new File({ base: directory, path: join(directory, entry) }));
  stream.end();
  const stages = job.minify ? [stream, stream.minify()] : [stream];
  await pipeline([...stages, dest(output), stream.scripts(), dest(output)]);
}

const readPages = ({ entries, output }: Job): Pages =>
  Object.fromEntries(
    entries.map((entry) => [entry, readFileSync(join(output, `${nameOf(entry)}.html`), 'utf8')]),
  );

/** The package of this project, as it was built last. */
export const dynapack = (project: string): Peer => {
  const { cache } = load(project).dynapack;
  return {
    hasDiskCache: cache !== undefined,
    readsModules: true,
    minifies: true,
    hasEnsure: true,
    async build(job) {
      await pack(job, load(project), job.cache === undefined ? undefined : cache?.(job.cache));
      return readPages(job);
    },
    open:
      cache &&
      (async (job) => {
        const kept = cache();
        await pack(job, load(project), kept);
        return {
          async rebuild(edit) {
            edit();
            await pack(job, load(project), kept);
          },
          close: async () => undefined,
        };
      }),
  };
};
