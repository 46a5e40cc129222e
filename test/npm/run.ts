/** Prints how every use of the table went: `npx tsx test/npm/run.ts [package …]`. */
import { close } from '../helpers/chromium';
import { failureOf, type Proof, prove } from './proof';
import { table, uses } from './table';
import type { Use } from './use';

function lineOf(use: Use, failure: string | undefined): string {
  const line = `  ${failure ? 'FAILED' : 'ok    '}  ${use.package.padEnd(36)} ${use.how}`;
  return failure ? `${line}\n    ${failure.replace(/\n/g, '\n    ')}` : line;
}

/** Prints the table and gives how many failed. */
function print({ outcomes }: Proof): number {
  const failed: Use[] = [];
  for (const [area, rows] of Object.entries(table)) {
    const lines = rows.flatMap((use) => {
      const outcome = outcomes.get(use);
      if (!outcome) return [];
      const failure = failureOf(outcome);
      if (failure) failed.push(use);
      return lineOf(use, failure);
    });
    if (lines.length > 0) console.log(`${area}\n${lines.join('\n')}`);
  }
  const packages = new Set([...outcomes.keys()].map((use) => use.package)).size;
  console.log(`${packages} packages, ${outcomes.size} uses, ${failed.length} failed`);
  return failed.length;
}

async function main(wanted: readonly string[]): Promise<void> {
  const chosen = wanted.length > 0 ? uses.filter((use) => wanted.includes(use.package)) : uses;
  process.exitCode = print(await prove(chosen)) > 0 ? 1 : 0;
  await close();
}

main(process.argv.slice(2));
