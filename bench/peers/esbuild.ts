import { load } from './load';
import { type Job, modulePages, type Peer } from './peer';

interface Context {
  rebuild(): Promise<unknown>;
  dispose(): Promise<void>;
}

interface Esbuild {
  build(options: object): Promise<unknown>;
  context(options: object): Promise<Context>;
}

const options = ({ directory, entries, output, minify = false }: Job): object => ({
  absWorkingDir: directory,
  entryPoints: entries,
  outbase: directory,
  outdir: output,
  bundle: true,
  minify,
  splitting: true,
  format: 'esm',
  platform: 'browser',
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'silent',
});

export const esbuild: Peer = {
  hasDiskCache: false,
  readsModules: true,
  minifies: true,
  hasEnsure: false,
  async build(job) {
    const { build } = await load<Esbuild>(job.project, 'esbuild');
    await build(options(job));
    return modulePages(job.entries);
  },
  async open(job) {
    const { context } = await load<Esbuild>(job.project, 'esbuild');
    const opened = await context(options(job));
    await opened.rebuild();
    return {
      async rebuild(edit) {
        edit();
        await opened.rebuild();
      },
      close: () => opened.dispose(),
    };
  },
};
