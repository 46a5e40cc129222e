/** `dynapack why`: a build that writes nothing, and an answer. */
import { isAbsolute, relative, resolve } from 'node:path';
import { defaultBuiltins } from '../fs/builtins';
import { isFile } from '../fs/files';
import { createPack } from '../pack';
import type { ReportData } from '../report/data';
import { type Answer, explainWhy } from '../report/why';
import { showName } from '../report/words';
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

/** The name of a shim's module, where what is asked about is a module of Node's, as sources name it. */
function shimOf(name: string): string | undefined {
  const path = defaultBuiltins()[name.replace(/^node:/, '')];
  return path?.replaceAll('\\', '/').split('/node_modules/').at(-1);
}

/** By its own name, else by what stands for it in pages. */
function answer(data: ReportData, name: string): Answer {
  const own = explainWhy(data, isAbsolute(name) ? relative(process.cwd(), name) : name);
  const shim = shimOf(name);
  if ('text' in own) return own;
  const other = shim === undefined ? own : explainWhy(data, shim);
  if ('text' in other) return other;
  return isFile(resolve(name)) ? { text: `${showName(name)}\nIn no bundle: nothing imports it\n` } : own;
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
  const found = answer(await readData(report), name);
  if ('text' in found) stdout.write(found.text);
  else stderr.write(`dynapack: ${found.unknown}\n`);
  return 'text' in found ? 0 : 1;
}
