/** The command: entries on the command line in, bundles and HTML on the disk out, and what was done printed. */
import { DynapackError } from '../errors';
import { help, pointer, readArguments } from './arguments';
import { bundle, describeBuilt } from './bundle';
import { explain } from './explain';
import type { Output } from './output';
import { runPatchCommand } from './patches';
import { watchAndBundle } from './watch';
import { answerWhy } from './why';
import { readWritten } from './written';

const version = (): string => (require('dynapack/package.json') as { version: string }).version;

const isWrongOption = (error: unknown): boolean =>
  error instanceof DynapackError && error.code === 'INVALID_OPTION';

/**
 * Runs the command.
 * @param args the arguments after `dynapack`
 * @returns the exit code: 0 done, 1 the build failed, 2 the command line is wrong
 */
export async function main(args: readonly string[], stdout: Output, stderr: Output): Promise<number> {
  const read = readArguments(args);
  if ('usage' in read) {
    stderr.write(`dynapack: ${read.usage}\n\n${read.isEmpty ? help : pointer}`);
    return 2;
  }
  if ('print' in read) {
    stdout.write(read.print === 'help' ? help : `${version()}\n`);
    return 0;
  }
  try {
    if ('patch' in read) {
      runPatchCommand(read.patch, stdout, stderr);
      return 0;
    }
    if ('why' in read) return await answerWhy(read.why, stdout, stderr);
    const { command } = read;
    if (command.watch) await watchAndBundle(command, stdout, stderr);
    else {
      const before = readWritten(command.output);
      const built = await bundle(command, stderr);
      stdout.write(describeBuilt(built, command, before));
      if (built.excess) throw built.excess;
    }
    return 0;
  } catch (error) {
    stderr.write(`${explain(error)}\n`);
    return isWrongOption(error) ? 2 : 1;
  }
}
