import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from './load';
import type { Job, Peer } from './peer';

interface BuildEvent {
  type: 'buildSuccess' | 'buildFailure';
  diagnostics?: { message: string }[];
}

interface Bundler {
  run(): Promise<unknown>;
  watch(
    onBuilt: (error: Error | null, event?: BuildEvent) => void,
  ): Promise<{ unsubscribe(): Promise<void> }>;
}

interface ParcelCore {
  default: new (options: object) => Bundler;
}

const pageName = (index: number): string => `parcel-page-${index}.html`;

/** Entries have to be pages, because Parcel writes into them which bundles an entry needs. */
function writePages({ directory, entries }: Job): string[] {
  return entries.map((entry, index) => {
    const page = join(directory, pageName(index));
    writeFileSync(page, `<!doctype html><script type="module" src="/${entry}"></script>`);
    return page;
  });
}

/** Without this setting, Parcel does not know the `exports` of packages. */
function enableExports({ directory }: Job): void {
  const path = join(directory, 'package.json');
  const fields = JSON.parse(readFileSync(path, 'utf8')) as object;
  const settings = { '@parcel/resolver-default': { packageExports: true } };
  writeFileSync(path, `${JSON.stringify({ ...fields, ...settings }, null, 2)}\n`);
}

async function create(job: Job, mode: 'production' | 'development'): Promise<Bundler> {
  const { default: Parcel } = await load<ParcelCore>(job.project, '@parcel/core', 'parcel');
  process.env.NODE_ENV = 'production';
  process.chdir(job.directory);
  enableExports(job);
  return new Parcel({
    entries: writePages(job),
    defaultConfig: join(job.project, 'bench/peers/node_modules/@parcel/config-default'),
    mode,
    env: { NODE_ENV: 'production' },
    cacheDir: job.cache ?? `${job.output}-cache`,
    shouldDisableCache: job.cache === undefined,
    shouldAutoInstall: false,
    defaultTargetOptions: {
      distDir: job.output,
      publicUrl: '/',
      shouldOptimize: false,
      sourceMaps: false,
      engines: { browsers: ['last 1 Chrome version'] },
    },
  });
}

export const parcel: Peer = {
  hasDiskCache: true,
  readsModules: true,
  minifies: false,
  hasEnsure: false,
  async build(job) {
    await (await create(job, 'production')).run();
    return Object.fromEntries(
      job.entries.map((entry, index) => [entry, readFileSync(join(job.output, pageName(index)), 'utf8')]),
    );
  },
  async open(job) {
    const bundler = await create(job, 'development');
    let handler: (error: Error | null, event?: BuildEvent) => void = () => undefined;
    const nextBuild = (): Promise<void> =>
      new Promise((onDone, onFailure) => {
        handler = (error, event) => {
          if (event?.type === 'buildSuccess') onDone();
          else onFailure(error ?? new Error(event?.diagnostics?.[0]?.message));
        };
      });
    const first = nextBuild();
    const watching = await bundler.watch((error, event) => handler(error, event));
    await first;
    return {
      async rebuild(edit) {
        const built = nextBuild();
        edit();
        await built;
      },
      close: () => watching.unsubscribe(),
    };
  },
};
