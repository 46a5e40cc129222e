/** Makes a program smaller that behaves differently in bundles. */
import { compare, type Mismatch } from './compare';
import type { ModuleText, Program } from './files';

/** What is taken away: a whole module, or one of its statements. */
interface Cut {
  file: string;
  statement?: number;
}

const listCuts = ({ modules }: Program): Cut[] =>
  modules
    .slice(1)
    .flatMap(({ file, statements }) => [
      { file },
      ...statements.map((_, statement) => ({ file, statement })),
    ]);

function cut({ seed, modules }: Program, cuts: readonly Cut[]): Program {
  const has = (file: string, statement?: number): boolean =>
    cuts.some((each) => each.file === file && each.statement === statement);
  const kept = modules.filter(({ file }) => !has(file));
  const shorten = ({ file, statements }: ModuleText): ModuleText => ({
    file,
    statements: statements.filter((_, statement) => !has(file, statement)),
  });
  return { seed, modules: kept.map(shorten) };
}

/** Gives programs numbers of their own, so that they can stand side by side. */
const renumbered = (programs: readonly Program[]): Program[] =>
  programs.map(({ modules }, index) => {
    const seed = index + 1;
    const [main, ...rest] = modules as [ModuleText, ...ModuleText[]];
    return { seed, modules: [{ ...main, file: main.file.replace(/\d+/, `${seed}`) }, ...rest] };
  });

/** Where the traces part: the labels of the first lines that differ. */
function labelsOf({ native, bundled }: Mismatch): string {
  const first = native.findIndex((line, index) => line !== bundled[index]);
  return `${native[first]?.split(' ')[0]} ${bundled[first]?.split(' ')[0]}`;
}

/** Whether Node could load the program: an error of its own has no message in the trace. */
const isSound = ({ native }: Mismatch): boolean => !/(throws|start:) Error(?! m\d)/.test(native.join('\n'));

/** Those of some programs that are wrong in the way of the given one, by index. */
async function findWrong(programs: readonly Program[], model: Mismatch): Promise<Map<number, Mismatch>> {
  const { mismatches } = await compare(renumbered(programs));
  const wrong = mismatches.filter((other) => isSound(other) && labelsOf(other) === labelsOf(model));
  return new Map(wrong.map((other) => [other.program.seed - 1, other]));
}

/** Sets of cuts: all of them, half of them, and so on. */
function halves(cuts: readonly Cut[]): (readonly Cut[])[] {
  const sets: (readonly Cut[])[] = [];
  for (let count = cuts.length; count > 0; count >>= 1) sets.push(cuts.slice(0, count));
  return sets;
}

/** What is left of a mismatch when all modules and statements are taken away that it does not need. */
export async function smallest(mismatch: Mismatch): Promise<Mismatch> {
  for (let least = mismatch; ; ) {
    const { program } = least;
    const cuts = listCuts(program);
    const single = await findWrong(
      cuts.map((each) => cut(program, [each])),
      mismatch,
    );
    if (single.size === 0) return least;
    const together = halves([...single.keys()].map((index) => cuts[index] as Cut));
    const found = await findWrong(
      together.map((each) => cut(program, each)),
      mismatch,
    );
    least = found.get(Math.min(...found.keys())) as Mismatch;
  }
}
