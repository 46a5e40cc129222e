/** webpack, and rspack, whose interface is the same. */
import { load } from './load';
import { classicPage, type Job, nameOf, type Pages, type Peer, type Session } from './peer';

interface Stats {
  hasErrors(): boolean;
  toJson(options: object): {
    errors: { message: string }[];
    entrypoints: Record<string, { assets: { name: string }[] }>;
  };
}

interface Watching {
  close(callback: () => void): void;
}

type Handler = (error: Error | null, stats?: Stats) => void;

interface Compiler {
  run(handler: Handler): void;
  watch(options: object, handler: Handler): Watching;
  close(callback: (error?: Error | null) => void): void;
}

type Bundler = (options: object) => Compiler;

/** What the two bundlers do not share. */
export interface Flavour {
  /** Name of the package. */
  name: string;
  /** The option that keeps a cache on the disk. */
  diskCache(directory: string): object;
}

const options = (job: Job, mode: string, cache: object | boolean): object => ({
  mode,
  context: job.directory,
  entry: Object.fromEntries(job.entries.map((entry) => [nameOf(entry), `./${entry}`])),
  output: { path: job.output, filename: '[name].js', publicPath: '/' },
  devtool: false,
  performance: false,
  cache,
  optimization: { minimize: job.minify ?? false, nodeEnv: 'production' },
  infrastructureLogging: { level: 'error' },
});

/** @throws the first error of a build */
function check(stats: Stats | undefined): Stats {
  if (stats === undefined) throw new Error('no result');
  if (stats.hasErrors()) throw new Error(stats.toJson({ all: false, errors: true }).errors[0]?.message);
  return stats;
}

/** Settles a promise with what a build came to. */
const settle =
  (onDone: (stats: Stats) => void, onFailure: (error: unknown) => void): Handler =>
  (error, stats) => {
    try {
      if (error) throw error;
      onDone(check(stats));
    } catch (failure) {
      onFailure(failure);
    }
  };

function pagesOf(stats: Stats): Pages {
  const { entrypoints } = stats.toJson({ all: false, entrypoints: true });
  return Object.fromEntries(
    Object.entries(entrypoints).map(([name, { assets }]) => [
      name,
      classicPage(assets.map((asset) => asset.name)),
    ]),
  );
}

async function build(job: Job, { name, diskCache }: Flavour): Promise<Pages> {
  const bundler = await load<Bundler>(job.project, name);
  const compiler = bundler(
    options(job, 'production', job.cache === undefined ? false : diskCache(job.cache)),
  );
  const stats = await new Promise<Stats>((onDone, onFailure) => compiler.run(settle(onDone, onFailure)));
  const pages = pagesOf(stats);
  // A cache on the disk is written when the compiler is closed.
  await new Promise<void>((onDone) => compiler.close(() => onDone()));
  return Object.fromEntries(job.entries.map((entry) => [entry, pages[nameOf(entry)] as string]));
}

/** Edits are what the development mode is for. */
async function open(job: Job, { name }: Flavour): Promise<Session> {
  const bundler = await load<Bundler>(job.project, name);
  const compiler = bundler(options(job, 'development', true));
  let handler: Handler = () => undefined;
  const nextBuild = (): Promise<Stats> =>
    new Promise((onDone, onFailure) => {
      handler = settle(onDone, onFailure);
    });
  const first = nextBuild();
  const watching = compiler.watch({ aggregateTimeout: 1 }, (error, stats) => handler(error, stats));
  await first;
  return {
    async rebuild(edit) {
      const built = nextBuild();
      edit();
      await built;
    },
    close: () => new Promise((onDone) => watching.close(onDone)),
  };
}

/** Makes the peer that a flavour is. */
export const webpackLike = (flavour: Flavour): Peer => ({
  hasDiskCache: true,
  readsModules: true,
  minifies: true,
  hasEnsure: true,
  build: (job) => build(job, flavour),
  open: (job) => open(job, flavour),
});

export const webpack = webpackLike({
  name: 'webpack',
  diskCache: (cacheDirectory) => ({ type: 'filesystem', cacheDirectory }),
});

export const rspack = webpackLike({
  name: '@rspack/core',
  diskCache: (directory) => ({ type: 'persistent', storage: { type: 'filesystem', directory } }),
});
