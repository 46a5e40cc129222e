/** What tools that know the mistakes of published packages say of this one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Running } from '../helpers/process';
import { installed, packed, repository } from './installed';

const command = (name: string): string => join(repository, 'node_modules/.bin', name);

describe('publishing', function () {
  this.timeout(120_000);

  it('gives types that are those of the scripts, however they are resolved', async () => {
    const { checkPackage, createPackageFromTarballData } = await import('@arethetypeswrong/core');
    const { path } = await packed();
    const result = await checkPackage(createPackageFromTarballData(readFileSync(path)));
    if (!result.types) throw new Error('No types found');
    expect(result.problems).to.deep.equal([]);
    expect(result.entrypoints).to.include.keys('.', './server');
  });

  it('gives what package.json says', async () => {
    const directory = join(await installed(), 'node_modules/dynapack');
    const args = ['run', directory, '--strict', '--pack', 'false'];
    const { code, output } = await new Running(command('publint'), args, repository).finished;
    expect(code, output).to.equal(0);
    expect(output).to.include('All good!');
  });
});
