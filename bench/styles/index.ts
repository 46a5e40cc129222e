/**
 * How bundlers deliver the styles of small programs: `npm run bench styles`. Whether styles stand in pages as sources have them, whatever was
 * loaded first; whether they are there when what imports them runs; and what travels for that. Pages are opened in Chromium, and load
 * all their parts one after the other.
 */
import { join } from 'node:path';
import { close, launch } from '../../test/helpers/chromium';
import { install } from '../install';
import { describeMachine } from '../machine';
import { rowOf } from '../questions/question';
import { type Column, type Rows, renderTable } from '../table';
import { help, readArguments, type Wish } from './arguments';
import { measure } from './measure';
import type { Program } from './program';
import { listPrograms } from './programs';
import { addUp, type Score, scoreOf } from './score';
import { startSite } from './site';

const columns: readonly Column[] = [
  { heading: 'faults' },
  { heading: 'in visits' },
  { heading: 'contested' },
  { heading: 'indirectly' },
  { heading: 'by clicks' },
  { heading: 'missing' },
  { heading: 'ran early' },
  { heading: 'warnings' },
  { heading: 'files' },
  { heading: 'requests' },
  { heading: 'kB sent', digits: 1 },
  { heading: 'twice', digits: 1 },
  { heading: 'unasked', digits: 1 },
];

const cellsOf = (score: Score): number[] => [
  score.faults,
  score.visitsWithFaults,
  score.contested,
  score.indirect,
  score.byClicks,
  score.missing,
  score.early,
  score.warnings,
  score.files,
  score.requests,
  score.bytes / 1000,
  score.again / 1000,
  score.unasked / 1000,
];

function choosePrograms({ names, random }: Wish): Program[] {
  const all = listPrograms(random);
  if (names.length === 0) return all;
  const named = all.filter(({ name }) => names.includes(name));
  return named.length > 0 ? named : all.filter(({ name }) => names.some((part) => name.includes(part)));
}

/** A row for each bundler, and what is the same for all. */
async function measureAll(programs: readonly Program[], wish: Wish): Promise<{ rows: Rows; all: Score }> {
  const site = await startSite();
  const rows: Rows = {};
  let all = scoreOf({});
  try {
    for (const bundler of wish.bundlers) {
      const report = (line: string): void => {
        if (wish.names.length > 0) console.log(`${bundler}: ${line}`);
      };
      rows[bundler] = await rowOf(async () => {
        const scores: Score[] = [];
        for (const program of programs)
          scores.push(await measure(bundler, program, { browser: await launch(), site, report }));
        all = addUp(scores);
        return cellsOf(all);
      });
    }
  } finally {
    site.close();
  }
  return { rows, all };
}

async function main(args: readonly string[]): Promise<void> {
  const wish = readArguments(args);
  if (wish === undefined) {
    console.log(help);
    return;
  }
  install(join(__dirname, '../peers'));
  console.log(describeMachine());
  const programs = choosePrograms(wish);
  const { rows, all } = await measureAll(programs, wish);
  const { visits, steps, pairs } = all;
  console.log(`${programs.length} programs, ${visits} visits of ${steps} steps, ${pairs} pairs in order`);
  console.log(`\n${renderTable('', columns, rows)}`);
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    process.exitCode = 1;
  })
  .finally(close);
