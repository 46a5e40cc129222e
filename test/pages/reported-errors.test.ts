/** Errors of modules are reported at the place in the module, whatever has asked for it. */
import { expect } from 'chai';
import type { Visitor } from '../helpers/engine';
import { describeInEngines } from '../helpers/engines';
import type { Packed } from '../helpers/pack';
import type { ProjectFiles } from '../helpers/project';
import { html, leave, serveNothing, snippets } from './pages';
import { packFiles } from './sources';

/** What a page saw of an error: where it was, by the event, or for a rejection by its stack. */
interface Report {
  message: string;
  place: string;
  line: number;
  column: number;
}

/** What is in the frame of a case, before its snippet: tells the page around it of errors, and does what modules offer. */
const watch = (name: string): string => `<!doctype html><script>
  self.offer = function (act) { setTimeout(act); };
  function report(message, place, line, column) {
    parent.reports[${JSON.stringify(name)}].push({ message: message, place: place.replace(/.*\\//, ''), line: +line, column: +column });
  }
  addEventListener('error', function (event) { report(event.error.message, event.filename, event.lineno, event.colno); });
  addEventListener('unhandledrejection', function (event) {
    var place = /([^\\s(@]+):(\\d+):(\\d+)/.exec(event.reason.stack);
    report(event.reason.message, place[1], place[2], place[3]);
  });
</script>`;

/** A program in which `fails.js` fails. */
interface Case {
  files: ProjectFiles;
  entries?: string[];
  /** How often it fails. */
  times?: number;
}

const FAILURE = "\n\n  if (self) throw Error('as meant');\n";
const COMMON = { 'fails.js': `exports.a = 1;${FAILURE}` };
const ES = { 'fails.js': `export const a = 1;${FAILURE}` };
const WAITING = { 'fails.js': `export const a = await 1;${FAILURE}` };
/** Beside an entry that needs the failing module as well, that one is in a bundle of its own. */
const OTHER = { 'other.js': "require('./fails');\n" };
const APART = ['entry.js', 'other.js'];
const IMPORTS = "import './fails.js';\nlog();\n";
const HANDLER = "offer(() => setTimeout(() => require('./fails')));\n";
const ENSURES = `offer(() => {
  const id = './fails' /*js*/;
  require('node-ensure')([id], () => require(id));
});\n`;

const CASES: Record<string, Case> = {
  'a CommonJS entry': { files: { 'entry.js': COMMON['fails.js'] } },
  'a CommonJS module of another bundle': {
    files: { 'entry.js': "require('./fails');\n", ...COMMON, ...OTHER },
    entries: APART,
  },
  'an ES entry': { files: { 'entry.js': ES['fails.js'] } },
  'an ES module of another bundle': {
    files: { 'entry.js': IMPORTS, ...ES, ...OTHER },
    entries: APART,
  },
  'an ES module of a bundle without the runtime': {
    files: { 'entry.js': IMPORTS, ...ES, 'other.js': IMPORTS, 'third.js': 'export {};' },
    entries: [...APART, 'third.js'],
  },
  'an ES module of a bundle without the runtime, imported by way of another': {
    files: {
      'entry.js': "import './way.js';\n",
      'way.js': `${IMPORTS}export {};`,
      ...ES,
      'other.js': IMPORTS,
      'third.js': 'export {};',
    },
    entries: [...APART, 'third.js'],
  },
  'an ES module that a CommonJS entry requires': { files: { 'entry.js': "require('./fails');\n", ...ES } },
  'a CommonJS module that an ES entry imports': { files: { 'entry.js': IMPORTS, ...COMMON } },
  'a CommonJS module that is required later': { files: { 'entry.js': HANDLER, ...COMMON } },
  'an ES module that is required later': { files: { 'entry.js': HANDLER, ...ES } },
  'an ES module that is required again': {
    files: {
      'entry.js': `offer(() => [1, 2].forEach(() => setTimeout(() => require('./fails'))));\n`,
      ...ES,
    },
    times: 2,
  },
  'a callback of ensure': {
    files: {
      'entry.js': `const part = './part' /*js*/;
offer(() => {
  require('node-ensure')([part], () => {${FAILURE}});
});\n`,
      'part.js': '',
    },
  },
  'a CommonJS module in a callback of ensure': { files: { 'entry.js': ENSURES, ...COMMON } },
  'an ES module in a callback of ensure': { files: { 'entry.js': ENSURES, ...ES } },
  'import() of a CommonJS module': {
    files: { 'entry.js': "offer(() => void import('./fails'));\n", ...COMMON },
  },
  'import() of an ES module': {
    files: { 'entry.js': "offer(() => void import('./fails'));\n", ...ES },
  },
  'import() of a module that awaits': {
    files: { 'entry.js': "offer(() => void import('./fails'));\n", ...WAITING },
  },
  'an entry that awaits': { files: { 'entry.js': WAITING['fails.js'] } },
  'a module that awaits, of another bundle': {
    files: { 'entry.js': IMPORTS, ...WAITING, 'other.js': IMPORTS },
    entries: APART,
  },
};

/** Where the error of the failing module is made: its bundle, the line, and the columns of the statement, from 1. */
function placeOf(bundles: Record<string, string>): {
  place: string;
  line: number;
  columns: [number, number];
} {
  const fails = ([, code]: [string, string]): boolean => code.includes('as meant');
  const [place, text] = Object.entries(bundles).find(fails) as [string, string];
  const before = text.slice(0, text.indexOf("throw Error('as meant')")).split('\n');
  const column = (before.at(-1) as string).length + 1;
  return { place, line: before.length, columns: [column, column + "throw Error('as meant')".length] };
}

let packs: Promise<[name: string, packed: Packed][]> | undefined;

/** Bundles all cases, for all engines. */
const packAll = (): Promise<[name: string, packed: Packed][]> =>
  Promise.all(
    Object.entries(CASES).map(async ([name, { files, entries = ['entry.js'] }], index) => [
      name,
      await packFiles(files, entries, { prefix: `/${index}/` }),
    ]),
  );

describeInEngines('pages: a module that fails is reported at its place', (engine) => {
  let visitor: Visitor;
  let reports: Record<string, Report[]>;
  let bundles: Record<string, Packed['bundles']>;

  /** One page shows all cases, in frames. */
  before(async () => {
    packs ??= packAll();
    const site = await serveNothing();
    const frames = (await packs).map(([name, packed], index) => {
      site.add(packed, `/${index}/`);
      site.set(`/${index}/`, watch(name) + snippets(packed, ['entry']).join(''));
      return `<iframe src="/${index}/"></iframe>`;
    });
    const empty = Object.fromEntries(Object.keys(CASES).map((name) => [name, []]));
    site.set('/', html(`<script>self.reports = ${JSON.stringify(empty)};</script>`, ...frames));
    bundles = Object.fromEntries((await packs).map(([name, packed]) => [name, packed.bundles]));
    visitor = await engine.visitor();
    const tab = await visitor.open(`${site.url}/`);
    const isComplete = (seen: typeof reports): boolean =>
      Object.entries(CASES).every(([name, { times = 1 }]) => (seen[name]?.length ?? 0) >= times);
    await tab.valueOf('reports', isComplete).catch(() => undefined);
    reports = await tab.evaluate('reports');
    await leave();
  });

  after(() => visitor.leave());

  for (const [name, { times = 1 }] of Object.entries(CASES)) {
    it(name, () => {
      const { place, line, columns } = placeOf(bundles[name] as Packed['bundles']);
      for (const report of reports[name] as Report[]) {
        expect(report).to.include({ message: 'as meant', place, line });
        expect(report.column).to.be.within(...columns);
      }
      expect(reports[name]).to.have.lengthOf(times);
    });
  }
});
