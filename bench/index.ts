/** How dynapack compares with other bundlers: `npm run bench`, or one row alone, see `--help`. */
import { join } from 'node:path';
import { close } from '../test/helpers/chromium';
import { type AppName, prepareApp } from './apps';
import { help, readArguments } from './arguments';
import { install } from './install';
import { describeMachine } from './machine';
import { peerNames } from './peers';
import { type QuestionName, questions } from './questions';
import { type Question, rowOf, type Wish } from './questions/question';
import { type Rows, renderTable } from './table';

async function rowsOf(question: Question, app: AppName, wish: Wish): Promise<Rows> {
  const peers = wish.peers ?? question.peers ?? peerNames;
  if ('askTogether' in question) return question.askTogether(peers, () => prepareApp(app), wish);
  const rows: Rows = {};
  for (const peer of peers) {
    // Anew for every bundler: the one before has edited it.
    const prepared = prepareApp(app);
    rows[peer] = await rowOf(() => question.ask(peer, prepared, wish));
    if (process.stderr.isTTY) process.stderr.write(`${question.title}, ${app}: ${peer}\n`);
  }
  return rows;
}

async function answer(question: Question, app: AppName, wish: Wish): Promise<void> {
  const rows = await rowsOf(question, app, wish);
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
