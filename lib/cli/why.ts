/** `dynapack why`: a build that writes nothing, and an answer. */
import { resolve } from 'node:path';
import { createPack } from '../pack';
import { explainWhy } from '../report/why';
import { readData } from './data';
import type { Output } from './output';

export interface WhyCommand {
  /** Of a module or a package. */
  name: string;
  /** As typed. */
  entries: string[];
  minify: boolean;
  debug: boolean;
}

/** @returns the exit code: 1 where nothing is called so */
export async function answerWhy(
  { name, entries, minify, debug }: WhyCommand,
  stdout: Output,
  stderr: Output,
): Promise<number> {
  const pack = createPack({ debug });
  pack.on('warning', () => undefined);
  const report = pack.report({ json: true, compress: false });
  (minify ? pack.pipe(pack.minify()) : pack).pipe(report);
  for (const entry of entries) pack.write(resolve(entry));
  pack.end();
  const answer = explainWhy(await readData(report), name);
  if ('text' in answer) stdout.write(answer.text);
  else stderr.write(`dynapack: ${answer.unknown}\n`);
  return 'text' in answer ? 0 : 1;
}
