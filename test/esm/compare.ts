/** Programs in Node and in bundles, side by side. */
import { Project } from '../helpers/project';
import { type Treatment, traceInBundles } from './bundled';
import { entryOf, filesOf, type Program, textOf } from './files';
import { traceInNode } from './native';

/** A program that told different things. */
export interface Mismatch {
  program: Program;
  native: readonly string[];
  bundled: readonly string[];
}

/** How the line ends that tells of modules that cannot be linked. */
const REFUSED = ' SyntaxError';

/**
 * Runs programs both ways.
 * @returns where they differ, and how many of them cannot be compared: V8 breaks when some modules wait in vain, and
 * refuses a few circles of `export *` that the specification allows
 */
export async function compare(
  programs: readonly Program[],
  treatment?: Treatment,
): Promise<{ mismatches: Mismatch[]; broken: number }> {
  const project = new Project(filesOf(programs));
  const entries = programs.map((program) => project.path(entryOf(program)));
  const [natives, bundles] = await Promise.all([
    traceInNode(entries),
    traceOrFailures(programs, project, treatment),
  ]);
  const compared = programs.map((program, index) => ({
    program,
    native: natives[index] ?? [REFUSED],
    bundled: bundles[index] as string[],
  }));
  const isBroken = ({ native }: Mismatch): boolean => native.some((line) => line.endsWith(REFUSED));
  const differs = ({ native, bundled }: Mismatch): boolean => told(native) !== told(bundled);
  const sound = compared.filter((each) => !isBroken(each));
  return { mismatches: sound.filter(differs), broken: compared.length - sound.length };
}

/**
 * A function that is called as a member of a namespace has that for `this`: without the names that nobody needs. In a function of several modules, functions
 * may be called otherwise.
 */
const told = (lines: readonly string[]): string =>
  lines
    .map((line) =>
      line
        .replace(/^(m\d+:\d+ Module#\d+)\{.*\}( \d+)$/, '$1$2')
        .replace(/(?<=[ "])_\$+([\p{ID_Continue}$]+)_\d+(?=["\]{])/gu, '$1'),
    )
    .join('\n');

/** When a pack fails, it is made in halves, until the failure has a program of its own. */
async function traceOrFailures(
  programs: readonly Program[],
  project: Project,
  treatment?: Treatment,
): Promise<string[][]> {
  try {
    return await traceInBundles(programs, project, treatment);
  } catch (error) {
    if (programs.length === 1) return [[`cannot be bundled: ${error}`]];
    const half = programs.length >> 1;
    const first = await traceOrFailures(programs.slice(0, half), project, treatment);
    return [...first, ...(await traceOrFailures(programs.slice(half), project, treatment))];
  }
}

const WIDTH = 60;

/**
 * The sources of a program and both traces, from a little before the first difference on.
 * @param seed of the graph that the program comes from
 */
export function describeMismatch({ program, native, bundled }: Mismatch, seed: number): string {
  const sources = program.modules.map((module) => `--- ${module.file}\n${textOf(module)}`).join('');
  const differs = (line: string | undefined, index: number): boolean => line !== bundled[index];
  const first = Math.max(0, [...native, undefined].findIndex(differs) - 3);
  const rows = Array.from(
    { length: Math.min(12, Math.max(native.length, bundled.length) - first) },
    (_, row) => {
      const [left = '', right = ''] = [native[first + row], bundled[first + row]];
      return `${left === right ? ' ' : '≠'} ${left.padEnd(WIDTH)} | ${right}`;
    },
  );
  const head = `  ${'Node'.padEnd(WIDTH)} | bundles`;
  return [`SEED=${seed} runs the first one alone.\n${sources}`, head, ...rows].join('\n');
}
