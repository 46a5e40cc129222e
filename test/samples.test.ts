/**
 * What is written, byte for byte: each directory of `samples/` with a `_config.json` is bundled and compared with its
 * `expected/`. The others are areas of samples that `samples-run/` executes.
 * `UPDATE=1` writes what came out instead; read the change before committing it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { createTwoFilesPatch } from 'diff';
import type dynapack from 'dynapack';
import { loader, runtime } from '#client';
import { type Packed, pack } from './helpers/pack';
import { readFiles } from './helpers/project';

interface SampleConfig {
  describes: string;
  entries: string[];
  options?: dynapack.Options;
}

type Outputs = Record<string, string>;

const samples = join(__dirname, 'samples');
const compared = readdirSync(samples).filter((name) => existsSync(join(samples, name, '_config.json')));

/** Everything that was written, with a word for each script of the client, which has tests of its own. */
function outputs({ bundles, scripts, metadata }: Packed, root: string): Outputs {
  const entries = Object.entries({ ...bundles, ...scripts }).map(([name, text]) => [
    name,
    Object.entries(runtime).reduce(
      (rest, [part, own]) => rest.replace(own, `RUNTIME: ${part}`),
      text.replace(loader, 'LOADER'),
    ),
  ]);
  const modules = JSON.stringify(metadata, null, 2).replaceAll(`${root}/`, '');
  return { ...Object.fromEntries(entries), 'bundled.json': `${modules}\n` };
}

function writeExpected(directory: string, files: Outputs): void {
  rmSync(directory, { recursive: true, force: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
}

/** The differences of all files as one patch; empty when there are none. */
function differences(expected: Outputs, actual: Outputs): string {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].sort();
  const changed = names.filter((name) => expected[name] !== actual[name]);
  return changed
    .map((name) => createTwoFilesPatch(`expected/${name}`, name, expected[name] ?? '', actual[name] ?? ''))
    .join('\n');
}

describe('samples', () => {
  for (const name of compared) {
    const directory = join(samples, name);
    const config = JSON.parse(readFileSync(join(directory, '_config.json'), 'utf8')) as SampleConfig;

    it(`${name}: ${config.describes}`, async () => {
      const entries = config.entries.map((entry) => join(directory, entry));
      const actual = outputs(await pack(entries, { root: directory, ...config.options }), directory);
      if (process.env.UPDATE) writeExpected(join(directory, 'expected'), actual);
      expect(differences(readFiles(join(directory, 'expected')), actual)).to.equal('');
    });
  }

  it('a difference is seen', () => {
    expect(differences({ a: '1\n' }, { a: '2\n' })).to.include('-1\n+2');
    expect(differences({ a: '' }, { a: '', b: 'new\n' })).to.include('+new');
  });
});
