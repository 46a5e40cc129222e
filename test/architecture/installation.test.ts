/** What makes `npm ci && npm start` quick, which nothing else would miss. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';

const root = resolve(__dirname, '../..');

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

const read = <Json>(path: string): Json => JSON.parse(readFileSync(join(root, path), 'utf8')) as Json;

describe('installation', () => {
  it('npm start finds the tools of examples/pages among those of the repository', () => {
    const { dependencies, devDependencies } = read<Manifest>('package.json');
    const { dynapack: _, ...tools } = read<Manifest>('examples/pages/package.json').devDependencies ?? {};
    expect({ ...dependencies, ...devDependencies }).to.include(tools);
  });
});
