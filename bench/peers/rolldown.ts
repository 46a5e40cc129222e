import { join } from 'node:path';
import { load } from './load';
import { type Job, modulePages, nameOf, type Peer } from './peer';

interface Build {
  write(options: object): Promise<unknown>;
  close(): Promise<void>;
}

interface WatchEvent {
  code: string;
  error?: Error;
  result?: { close(): Promise<void> };
}

interface Watcher {
  on(event: 'event', listener: (event: WatchEvent) => void): void;
  close(): Promise<void>;
}

interface Rolldown {
  rolldown(options: object): Promise<Build>;
  watch(options: object): Watcher;
}

const input = ({ directory, entries }: Job): object => ({
  cwd: directory,
  input: Object.fromEntries(entries.map((entry) => [nameOf(entry), join(directory, entry)])),
  platform: 'browser',
  transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  logLevel: 'silent',
});

const output = ({ output: dir, minify = false }: Job): object => ({
  dir,
  format: 'esm',
  entryFileNames: '[name].js',
  minify,
});

/** Gives a function that waits for the end of the build that is under way or will be the next. */
function buildsOf(watcher: Watcher): () => Promise<void> {
  let settle: (error?: Error) => void = () => undefined;
  watcher.on('event', ({ code, error, result }) => {
    result?.close();
    if (code === 'ERROR') settle(error);
    else if (code === 'END') settle();
  });
  return () =>
    new Promise((onDone, onFailure) => {
      settle = (error) => (error ? onFailure(error) : onDone());
    });
}

export const rolldown: Peer = {
  hasDiskCache: false,
  readsModules: true,
  minifies: true,
  hasEnsure: false,
  async build(job) {
    const { rolldown } = await load<Rolldown>(job.project, 'rolldown');
    const bundle = await rolldown(input(job));
    await bundle.write(output(job));
    await bundle.close();
    return modulePages(job.entries);
  },
  async open(job) {
    const { watch } = await load<Rolldown>(job.project, 'rolldown');
    const watcher = watch({ ...input(job), output: output(job), watch: { buildDelay: 0 } });
    const nextBuild = buildsOf(watcher);
    await nextBuild();
    return {
      async rebuild(edit) {
        const built = nextBuild();
        edit();
        await built;
      },
      close: () => watcher.close(),
    };
  },
};
