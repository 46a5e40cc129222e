/** How dynapack compares with other bundlers: `npm run bench`, or one row alone, see `--help`. */
import { join } from 'node:path';
import { close } from '../test/helpers/chromium';
import { type AppName, prepareApp } from './apps';
import { help, readArguments } from './arguments';
import { install } from './install';
import { describeMachine } from './machine';
import { NotMeasured } from './measure';
import type { App } from './program';
import { type QuestionName, questions } from './questions';
import type { Question, Wish } from './questions/question';
import { type Rows, renderTable } from './table';

/** A row, or the reason why there is none: whatever fails in one bundler is no matter of the others. */
async function rowOf(ask: () => Promise<Rows[string]>): Promise<Rows[string]> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof NotMeasured) return `not measured: ${error.message}`;
    throw error;
  }
}

async function answer(question: Question, app: AppName, wish: Wish): Promise<void> {
  const rows: Rows = {};
  for (const peer of wish.peers) {
    // Anew for every bundler: the one before has edited it.
    const prepared: App = prepareApp(app);
    rows[peer] = await rowOf(() => question.ask(peer, prepared, wish));
    if (process.stderr.isTTY) process.stderr.write(`${question.title}, ${app}: ${peer}\n`);
  }
  console.log(`\n### ${question.title}: ${app}\n\n${renderTable('', question.columns, rows)}`);
}

async function main(args: readonly string[]): Promise<void> {
  const wish = readArguments(args);
  if (wish === undefined) {
    console.log(help);
    return;
  }
  install(join(__dirname, 'peers'));
  console.log(`${describeMachine()}\nmedians of ${wish.runs}, ratios to the least`);
  for (const name of wish.questions) {
    const question: Question = questions[name as QuestionName];
    const apps = question.apps.includes('tiny') ? question.apps : (wish.apps ?? question.apps);
    for (const app of apps) await answer(question, app, wish);
  }
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    process.exitCode = 1;
  })
  .finally(close);
