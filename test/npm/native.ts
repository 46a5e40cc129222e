/** What Node makes of the table: the values that bundles are compared with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Running } from '../helpers/process';
import { directory, folders } from './project';

/** What evaluating a use came to: JSON, or the text of an error. */
export type Answer = { value: unknown } | { error: string };

/**
 * Name of each use → its value in Node.
 * @throws what was printed, when the process ends early
 */
export async function evaluate(): Promise<Record<string, Answer>> {
  const output = join(directory, 'native.json');
  const args = [join(__dirname, 'evaluate.mjs'), folders.uses, output];
  const env = { NODE_ENV: 'production', TZ: 'UTC' };
  const finished = await new Running(process.execPath, args, directory, env).finished;
  if (finished.code !== 0) throw new Error(`Node did not come to an end:\n${finished.output}`);
  return JSON.parse(readFileSync(output, 'utf8'));
}
