/** All bundlers of programs of styles, in the order of the table's rows. */
import type { Bundler } from './bundler';
import { dynapack } from './dynapack';
import { esbuild } from './esbuild';
import { vite } from './vite';
import { splittingWebpack, webpack } from './webpack';

export const bundlers: Readonly<Record<string, Bundler>> = {
  dynapack,
  vite,
  webpack,
  'webpack-minSize-0': splittingWebpack,
  esbuild,
};
