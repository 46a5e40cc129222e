import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PassThrough, Transform } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { load } from './load';
import { classicPage, type Peer } from './peer';

interface Browserify {
  transform(transform: (path: string) => NodeJS.ReadWriteStream, options: object): this;
  plugin(plugin: unknown, options: object): this;
  bundle(): NodeJS.ReadableStream;
}

type CreateBrowserify = (entries: string[], options: object) => Browserify;

/** Programs say `import('…')`, which browserify does not know; split-require has a function in its place. */
function splitRequire(): Transform {
  let text = '';
  return new Transform({
    transform(chunk, _encoding, done) {
      text += chunk;
      done();
    },
    flush(done) {
      const requested = text.replace(/\bimport\((?=')/g, 'splitRequire(');
      done(null, requested === text ? text : `var splitRequire = require('split-require');${requested}`);
    },
  });
}

/** All entries go into one bundle, because browserify splits by nothing but split-require. */
export const browserify: Peer = {
  hasDiskCache: false,
  readsModules: false,
  minifies: false,
  hasEnsure: false,
  async build({ project, directory, entries, output }) {
    const create = await load<CreateBrowserify>(project, 'browserify');
    const plugin = await load<unknown>(project, 'split-require');
    const paths = join(project, 'bench/peers/node_modules');
    const main = join(output, 'main.js');
    mkdirSync(dirname(main), { recursive: true });
    const bundler = create(
      entries.map((entry) => join(directory, entry)),
      { basedir: directory, paths: [paths], ignoreMissing: false },
    );
    const written: Promise<void>[] = [];
    const dynamicBundle = (name: string): PassThrough => {
      const through = new PassThrough();
      written.push(pipeline(through, createWriteStream(join(output, name))));
      return through;
    };
    bundler.transform(splitRequire, { global: true }).plugin(plugin, { output: dynamicBundle, public: '/' });
    await finished(bundler.bundle().pipe(createWriteStream(main)));
    await Promise.all(written);
    return Object.fromEntries(entries.map((entry) => [entry, classicPage(['main.js'])]));
  },
};
