/** Builds a program with a bundler, and makes all visits of its pages. */
import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { NotMeasured } from '../measure';
import { workspace } from '../workspace';
import { bundlers } from './bundlers';
import type { Built, Bundler, Job } from './bundlers/bundler';
import { describe, judge } from './judge';
import { makeVisit, type Step } from './page';
import { ENTRIES, type Program, writeProgram } from './program';
import { addUp, countByClicks, type Score, scoreOf, scoreVisit } from './score';
import type { Site } from './site';
import { type Visit, visitsOf } from './visits';

/** What all measurements share. */
export interface Bench {
  browser: Browser;
  site: Site;
  /** Is told of each fault. */
  report(line: string): void;
}

async function build(bundler: string, program: Program): Promise<Built & Pick<Job, 'output'>> {
  const directory = join(workspace, 'styles', 'source');
  const output = join(workspace, 'styles', bundler, program.name.replaceAll(' ', '-'));
  writeProgram(program, directory);
  rmSync(output, { recursive: true, force: true });
  const job = { project: resolve(__dirname, '../..'), directory, output };
  try {
    return { ...(await (bundlers[bundler] as Bundler)(job)), output };
  } catch (error) {
    throw new NotMeasured(`fails on '${program.name}': ${String(error).split('\n')[0]}`);
  }
}

const countStyles = (output: string): number =>
  readdirSync(output, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.css')).length;

/** @returns the score of a visit, and what is seen at its end */
async function visit(
  program: Program,
  planned: Visit,
  { browser, site, report }: Bench,
): Promise<[Score, Step]> {
  const steps = await makeVisit(browser, site, planned, program.styles.length);
  const judged = steps.map((step, index) => judge(program, planned.slice(0, index + 1), step));
  judged.forEach((judgement, index) => {
    const path = planned.slice(0, index + 1).join(' → ');
    for (const line of describe(program, judgement)) report(`${program.name}, ${path}: ${line}`);
  });
  return [scoreVisit(program, steps, judged), steps[steps.length - 1] as Step];
}

/** @throws NotMeasured with the reason */
export async function measure(bundler: string, program: Program, bench: Bench): Promise<Score> {
  const { output, pages, warnings } = await build(bundler, program);
  const scores = [scoreOf({ warnings, files: countStyles(output) })];
  for (const entry of ENTRIES) {
    bench.site.show(output, pages[entry] as string);
    const ends: Step[] = [];
    for (const planned of visitsOf(program, entry)) {
      const [score, end] = await visit(program, planned, bench);
      scores.push(score);
      ends.push(end);
    }
    scores.push(scoreOf({ byClicks: countByClicks(ends) }));
  }
  return addUp(scores);
}
