/** What is public is mentioned in the guides, and what the pages mention is public: options, members, events, flags. */
import { expect } from 'chai';
import { help } from '../../lib/cli/arguments';
import { membersOf } from './declarations';
import { PAGES, type Page, readPage } from './documents';
import { codeOf, flagsIn, keysOfCalls } from './mentions';

const isGuide = ({ path }: Page): boolean => !/reference/.test(path);

const guides = PAGES.filter(isGuide);

/** All code on the guides, one piece after the other. */
const guideCode = guides.flatMap(codeOf);

const mentions = (name: string): boolean => {
  const word = new RegExp(`(?<![\\w$])${name.replace(/[.$]/g, '\\$&')}(?![\\w$])`);
  return guideCode.some((code) => word.test(code));
};

const namesOf = (path: string, name: string): string[] => [
  ...new Set(
    membersOf(path, name)
      .filter(({ text, event }) => text !== '' && event === undefined)
      .map((member) => member.name),
  ),
];

/** Calls with options, and the options that each takes. */
const OPTIONS: Record<string, string[]> = {
  dynapack: [...namesOf('lib/options/pack.ts', 'Options'), 'resolve'],
  scripts: namesOf('lib/options/scripts.ts', 'ScriptsOptions'),
  patches: [
    ...namesOf('lib/options/patches.ts', 'PatchesOptions'),
    ...namesOf('lib/options/patches.ts', 'LonePatchesOptions'),
  ],
  report: namesOf('lib/options/report.ts', 'ReportOptions'),
  globals: namesOf('lib/server/settings.ts', 'Globals'),
  getPatches: namesOf('lib/server/arguments.ts', 'PageOptions'),
  getClientLib: [...namesOf('lib/server/arguments.ts', 'ClientOptions'), 'nonce'],
  afterPatches: namesOf('lib/server/arguments.ts', 'NonceOptions'),
};

/** Options within options. */
const NESTED: Record<string, string[]> = {
  resolve: namesOf('lib/fs/settings.ts', 'ResolveOptions'),
  split: namesOf('lib/options/pack.ts', 'SplitOptions'),
  dotenv: namesOf('lib/options/dotenv.ts', 'DotenvOptions'),
};

const MEMBERS: Record<string, string[]> = {
  pack: [...namesOf('lib/pack.ts', 'Pack'), 'on', 'once', 'pipe', 'end'],
  dynapack: [...namesOf('lib/index.ts', 'Dynapack'), 'DynapackError', 'ReportData'],
  dynosrc: namesOf('lib/server/dynosrc.ts', 'DynoSrc'),
  cache: ['on'],
};

/** Of `dynoSrc` in pages. What snippets and patches call is not for people. */
const CLIENT_MEMBERS = [
  ...(readPage('client/server/api.ts').text.split('var api = {')[1] as string).matchAll(
    /^ {2}(\w+): function/gm,
  ),
].flatMap(([, name]) => (name === undefined || ['apply', 'add', 'load'].includes(name) ? [] : [name]));

const EVENTS = [
  ...new Set(membersOf('lib/pack.ts', 'Pack').flatMap(({ event }) => (event === undefined ? [] : [event]))),
];

const FLAGS = [...help.matchAll(/--[a-z][a-z-]*/g)].map(([flag]) => flag);

/** Flags of other commands. */
const FOREIGN_FLAGS = [
  ...['--save-dev', '--serve', '--server', '--startPath', '--noEmit', '--app', '--write'],
  ...['--permission', '--allow-addons', '--allow-fs-read', '--allow-fs-write', '--allow-worker'],
];

describe('what is public', () => {
  for (const [call, names] of Object.entries({ ...OPTIONS, ...NESTED }))
    it(`options of ${call} are in the guides`, () => {
      expect(names.length).to.be.above(0);
      expect(names.filter((name) => !mentions(name))).to.deep.equal([]);
    });

  it('members are in the guides', () => {
    const called = Object.entries(MEMBERS).flatMap(([object, names]) =>
      names.filter((name) => name !== 'once' && !mentions(`${object}.${name}`) && !mentions(name)),
    );
    expect(called).to.deep.equal([]);
  });

  it("members of the server's client are in the guides", () => {
    expect(CLIENT_MEMBERS).to.include.members(['ready', 'fetch']);
    expect(CLIENT_MEMBERS.filter((name) => !mentions(`dynoSrc.${name}`))).to.deep.equal([]);
  });

  it('events are in the guides', () => {
    expect(EVENTS).to.include.members(['bundled', 'graph', 'log', 'warning']);
    expect(EVENTS.filter((name) => !guideCode.some((code) => code.includes(`'${name}'`)))).to.deep.equal([]);
  });

  it('flags of the command are in the guides', () => {
    const used = new Set(guideCode.flatMap(flagsIn));
    expect(FLAGS.filter((flag) => !used.has(flag) && !['--version'].includes(flag))).to.deep.equal([]);
  });
});

describe('what the pages mention is there', () => {
  const code = PAGES.flatMap((page) => codeOf(page).map((text) => ({ page: page.path, text })));

  it('is found where it is not', () => {
    expect(keysOfCalls("x.pipe(dynapack({ prefixes: '/', split: { cost: 1 } }))")).to.deep.equal([
      { call: 'dynapack', key: 'prefixes' },
      { call: 'dynapack', key: 'split' },
      { call: 'split', key: 'cost' },
    ]);
    expect(flagsIn('dynapack a.js --minfy')).to.deep.equal(['--minfy']);
  });

  it('options', () => {
    const known: Record<string, string[]> = { ...OPTIONS, ...NESTED };
    const found = code.flatMap(({ page, text }) => keysOfCalls(text).map((each) => ({ page, ...each })));
    const options = found.filter(({ call }) => call in known);
    expect(options.length).to.be.above(80);
    expect(options.filter(({ call, key }) => !known[call]?.includes(key))).to.deep.equal([]);
  });

  it('members', () => {
    const found = code.flatMap(({ page, text }) =>
      [...text.matchAll(/(?<![\w.'/])(pack|dynapack|dynosrc|dynoSrc|cache)\.(\w+)\b(?!['/])/g)].map(
        ([, object = '', name = '']) => ({ page, object, name }),
      ),
    );
    expect(found.length).to.be.above(100);
    const known: Record<string, string[]> = { ...MEMBERS, dynoSrc: CLIENT_MEMBERS };
    expect(found.filter(({ object, name }) => !known[object]?.includes(name))).to.deep.equal([]);
  });

  it('events', () => {
    const found = code.flatMap(({ text }) =>
      [...text.matchAll(/pack\.on\('(\w+)'/g)].map(([, name]) => name),
    );
    expect(found.filter((name) => !EVENTS.includes(name as string))).to.deep.equal([]);
  });

  it('flags', () => {
    const found = code.flatMap(({ page, text }) => flagsIn(text).map((flag) => ({ page, flag })));
    expect(found.filter(({ flag }) => ![...FLAGS, ...FOREIGN_FLAGS].includes(flag))).to.deep.equal([]);
  });
});
