/**
 * What `dynapack/server` costs: `npm run bench server`. Pages whose visitors have everything, beside the same bytes and beside pages
 * of script elements, and pages of new visitors, beside the same bytes, as a constant and joined for each page: processor time of the server's process per
 * page, so that what else runs on the machine does not count. The memory that it has as pages go by. And how long the event loop is
 * held up while an asset of 8 MB changes. `wrk` must be installed.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';
import { median } from '../measure';
import { type Rows, renderTable } from '../table';
import type { Usage } from './application';
import type { Delays } from './delay';

/** Pages with and without take turns, so that what slows the machine down slows both. */
const ROUNDS = 11;
/** Seconds of a turn. */
const SECONDS = 1;
const CONNECTIONS = 32;
/** Pages that memory is watched for. */
const PAGES_WATCHED = 200_000;
const MEGABYTE = 1024 * 1024;

/** What is measured, as plain scripts, so that nothing is measured but these. Beside their sources, for their packages to be found. */
const APPLICATION = join(__dirname, 'application.cjs');
const DELAY = join(__dirname, 'delay.cjs');

interface Application {
  process: ChildProcess;
  url: string;
  /** Of a visitor who has everything. */
  cookie: string;
}

interface Page {
  name: string;
  path: string;
  /** The visitor has everything. */
  isKnown: boolean;
}

const RETURNING: Page = { name: 'with, for who has everything', path: '/with', isKnown: true };
const BESIDE = ', beside these';

/** Pages that take turns: plain express, and ours. */
const PAIRS: readonly (readonly [Page, Page])[] = [
  [{ name: 'the same bytes, joined for each page', path: '/known', isKnown: true }, RETURNING],
  [
    { name: 'script elements', path: '/without', isKnown: true },
    { ...RETURNING, name: RETURNING.name + BESIDE },
  ],
  [
    { name: 'whole texts as a constant', path: '/whole', isKnown: false },
    { name: 'with, for new visitors', path: '/with', isKnown: false },
  ],
  [
    { name: 'whole texts, joined for each page', path: '/joined', isKnown: false },
    { name: `with, for new visitors${BESIDE}`, path: '/with', isKnown: false },
  ],
];

interface Load {
  /** Pages served. */
  pages: number;
  /** Pages per second, as wrk sees it. */
  rate: number;
  /** Microseconds of processors per page. */
  cpu: number;
}

async function start(): Promise<Application> {
  const child = spawn(process.execPath, ['--expose-gc', APPLICATION], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const port = await new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const [, found] = /port (\d+)/.exec(String(chunk)) ?? [];
      if (found) resolve(found);
    });
  });
  const url = `http://127.0.0.1:${port}`;
  const html = await (await fetch(`${url}/with`)).text();
  const [, state] = /"(\d+-[\w-]{6})\.\d+"/.exec(html) ?? [];
  return { process: child, url, cookie: `_ds=1.${state}.f` };
}

const usageOf = async ({ url }: Application): Promise<Usage> =>
  (await fetch(`${url}/usage`)).json() as Promise<Usage>;

async function load(application: Application, { path, isKnown }: Page, seconds: number): Promise<Load> {
  const { url, cookie } = application;
  const before = await usageOf(application);
  const cookies = isKnown ? `a=b; ${cookie}` : 'a=b';
  const parameters = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '-H', `Cookie: ${cookies}`, url + path];
  // Meanwhile, connections are seen to be closed.
  const { stdout: output } = await promisify(execFile)('wrk', parameters);
  if (/Non-2xx/.test(output)) throw new Error(output);
  const after = await usageOf(application);
  const pages = Number(/(\d+) requests in/.exec(output)?.[1]);
  return { pages, rate: pages / seconds, cpu: (after.cpu - before.cpu) / pages };
}

async function compare(application: Application, [plain, ours]: readonly [Page, Page]): Promise<Rows> {
  const rounds: { plain: Load; ours: Load }[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const first = await load(application, plain, SECONDS);
    rounds.push({ plain: first, ours: await load(application, ours, SECONDS) });
  }
  // The first one warms up.
  const measured = rounds.slice(1);
  const row = (name: 'plain' | 'ours'): number[] => [
    median(measured.map((round) => round[name].rate)),
    median(measured.map((round) => round[name].cpu)),
    median(measured.map((round) => round.plain.cpu / round[name].cpu)),
  ];
  return { [plain.name]: row('plain'), [ours.name]: row('ours') };
}

async function comparePages(application: Application): Promise<void> {
  const columns = [
    { heading: 'pages/s' },
    { heading: 'CPU µs/page', digits: 1 },
    { heading: 'pages per CPU, median of ratios', digits: 2 },
  ];
  const rows: Rows = {};
  for (const pair of PAIRS) Object.assign(rows, await compare(application, pair));
  console.log(renderTable('page', columns, rows));
}

async function watchMemory(application: Application): Promise<void> {
  const rows: Rows = {};
  for (let served = 0; served < PAGES_WATCHED; ) {
    served += (await load(application, RETURNING, 5)).pages;
    const { heap, resident } = await usageOf(application);
    rows[String(served)] = [heap / MEGABYTE, resident / MEGABYTE];
  }
  const columns = [
    { heading: 'live MB', digits: 1 },
    { heading: 'process MB', digits: 1 },
  ];
  console.log(renderTable('pages', columns, rows));
}

async function watchDelay(): Promise<void> {
  const { stdout } = await promisify(execFile)(process.execPath, [DELAY]);
  const { idle, changing } = JSON.parse(stdout) as Delays;
  const row = (delays: readonly number[]): number[] => [
    median(delays),
    Math.min(...delays),
    Math.max(...delays),
  ];
  const columns = ['median', 'least', 'most'].map((heading) => ({
    heading: `longest delay, ms, ${heading}`,
  }));
  const rows = { 'nothing happens': row(idle), 'an asset of 8 MB changes': row(changing) };
  console.log(renderTable('event loop', columns, rows));
}

function compile(script: string): void {
  const source = script.replace(/\.cjs$/, '.ts');
  buildSync({ entryPoints: [source], outfile: script, platform: 'node', format: 'cjs' });
}

async function main(): Promise<void> {
  for (const script of [APPLICATION, DELAY]) compile(script);
  try {
    const application = await start();
    try {
      await comparePages(application);
      await watchMemory(application);
    } finally {
      application.process.kill('SIGTERM');
    }
    await watchDelay();
  } finally {
    for (const script of [APPLICATION, DELAY]) rmSync(script);
  }
}

main();
