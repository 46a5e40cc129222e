import { createRequire } from 'node:module';
import { join } from 'node:path';
import { load } from '../../peers/load';
import { ENTRIES } from '../program';
import { type Bundler, type Job, pagesWith, styleTag } from './bundler';

interface Stats {
  toJson(options: object): {
    errors: { message: string }[];
    warnings: { message: string }[];
    entrypoints: Record<string, { assets: { name: string }[] }>;
  };
}

interface Compiler {
  run(handler: (error: Error | null, stats?: Stats) => void): void;
  close(callback: () => void): void;
}

/** The plugin that writes styles to files. */
interface Extract {
  new (): object;
  loader: string;
}

const options = ({ project, directory, output }: Job, Plugin: Extract, splitChunks: object): object => ({
  mode: 'production',
  context: directory,
  entry: Object.fromEntries(ENTRIES.map((entry) => [entry, `./${entry}.js`])),
  output: { path: output, publicPath: '/' },
  module: {
    rules: [
      {
        test: /\.css$/,
        use: [Plugin.loader, createRequire(join(project, 'bench/peers/package.json')).resolve('css-loader')],
      },
    ],
  },
  plugins: [new Plugin()],
  devtool: false,
  performance: false,
  optimization: { minimize: false, splitChunks: { chunks: 'all', ...splitChunks } },
  infrastructureLogging: { level: 'error' },
});

/** As html-webpack-plugin does. */
const tagOf = (file: string): string =>
  file.endsWith('.css') ? styleTag(file) : `<script defer src="/${file}"></script>`;

/** @param splitChunks what is set besides */
const webpackWith =
  (splitChunks: object): Bundler =>
  async (job) => {
    const create = await load<(options: object) => Compiler>(job.project, 'webpack');
    const Plugin = await load<Extract>(job.project, 'mini-css-extract-plugin');
    const compiler = create(options(job, Plugin, splitChunks));
    const stats = await new Promise<Stats>((onDone, onFailure) =>
      compiler.run((error, result) => (result ? onDone(result) : onFailure(error))),
    );
    await new Promise<void>((onDone) => compiler.close(onDone));
    const parts = { all: false, errors: true, warnings: true, entrypoints: true };
    const { errors, warnings, entrypoints } = stats.toJson(parts);
    if (errors[0]) throw new Error(errors[0].message);
    const filesOf = (entry: string): string[] => (entrypoints[entry]?.assets ?? []).map(({ name }) => name);
    return {
      pages: pagesWith((entry) => filesOf(entry).map(tagOf).join('')),
      warnings: warnings.filter(({ message }) => message.includes('Conflicting order')).length,
    };
  };

export const webpack = webpackWith({});

/** What it does with styles that are as long as it wants bundles to be: by itself, it repeats shared ones below 20 kB. */
export const splittingWebpack = webpackWith({ minSize: 0 });
