/** `dynapack why`: a build that writes nothing, and an answer. */
import { isAbsolute, relative, resolve } from 'node:path';
import { createPack } from '../pack';
import { explainWhy } from '../report/why';
import { readData } from './data';
import type { Output } from './output';

export interface WhyCommand {
  /** Of a module or a package. */
  name: string;
  /** As typed. */
  entries: string[];
  standalone: string[];
  library: Record<string, string>;
  minify: boolean;
  debug: boolean;
  requestCost: number;
}

/** @returns the exit code: 1 where nothing is called so */
export async function answerWhy(
  { name, entries, standalone, library, minify, debug, requestCost }: WhyCommand,
  stdout: Output,
  stderr: Output,
): Promise<number> {
  const pack = createPack({ debug, standalone, library, split: { requestCost } });
  pack.on('warning', () => undefined);
  const report = pack.report({ json: true, compress: false });
  (minify ? pack.pipe(pack.minify()) : pack).pipe(report);
  for (const entry of [...entries, ...standalone, ...Object.keys(library)]) pack.write(resolve(entry));
  pack.end();
  const answer = explainWhy(await readData(report), isAbsolute(name) ? relative(process.cwd(), name) : name);
  if ('text' in answer) stdout.write(answer.text);
  else stderr.write(`dynapack: ${answer.unknown}\n`);
  return 'text' in answer ? 0 : 1;
}
