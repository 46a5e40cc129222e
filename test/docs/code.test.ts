/** Code on the pages is formatted as that of the repository, and programs for Node fit the declarations. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { BLOCKS, type Block, ROOT } from './documents';

/** In the package, so that its name means itself; and ignored by all that looks at sources. */
const DIRECTORY = join(ROOT, 'dist/docs');

const command = (name: string): string => join(ROOT, 'node_modules/.bin', name);

function call(name: string, ...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(command(name), args, { cwd: DIRECTORY, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

/** A name that tells where the block is from. */
const fileOf = ({ page, name, language }: Block, index: number): string =>
  `${[index, page, name].join('-').replace(/\W+/g, '-')}.${language}`;

/** Calls `use` with the blocks as files in a directory. */
function withFiles<T>(files: Readonly<Record<string, string>>, use: () => T): T {
  rmSync(DIRECTORY, { recursive: true, force: true });
  mkdirSync(DIRECTORY, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(DIRECTORY, name)), { recursive: true });
    writeFileSync(join(DIRECTORY, name), text);
  }
  // As users have it.
  mkdirSync(join(DIRECTORY, 'node_modules'));
  symlinkSync(ROOT, join(DIRECTORY, 'node_modules/dynapack'), 'dir');
  try {
    return use();
  } finally {
    rmSync(DIRECTORY, { recursive: true, force: true });
  }
}

const { formatter, javascript } = JSON.parse(readFileSync(join(ROOT, 'biome.json'), 'utf8'));
/** Narrower than sources are: pages are. */
const biome = {
  root: true,
  formatter: { ...formatter, lineWidth: 100 },
  javascript,
  css: { formatter: { quoteStyle: 'single' } },
};

/** What is in the middle of an expression ends without a semicolon. */
const isFragment = (code: string): boolean => /^(?:pack|dynapack)\b.*[^;]\n$/.test(code);

describe('code of the documentation', function () {
  this.timeout(60_000);

  const formatted = BLOCKS.filter(({ language }) => ['js', 'ts', 'css'].includes(language));
  const programs = BLOCKS.filter(
    ({ language, code }) =>
      language === 'js' && /^const .* = require\('(?:gulp|dynapack[\w/]*)'\);$/m.test(code),
  );

  it('is formatted', () => {
    expect(formatted.length).to.be.above(50);
    const files = Object.fromEntries(
      formatted.map((block, index) => [
        fileOf(block, index),
        isFragment(block.code) ? block.code.replace(/\n$/, ';\n') : block.code,
      ]),
    );
    const { status, output } = withFiles(
      { ...files, 'biome.json': `${JSON.stringify(biome, null, 2)}\n` },
      () => call('biome', 'format', '--colors=off', '--max-diagnostics=none', ...Object.keys(files)),
    );
    expect(status, output).to.equal(0);
  });

  it('fits the declarations, where it is a program for Node', () => {
    expect(programs.length).to.be.at.least(25);
    const tsconfig = {
      compilerOptions: {
        allowJs: true,
        checkJs: true,
        // Gulpfiles in JavaScript name no types.
        strict: false,
        noEmit: true,
        module: 'node20',
        target: 'es2022',
        lib: ['es2023', 'dom'],
        types: ['node'],
        skipLibCheck: true,
      },
      files: programs.map(fileOf),
    };
    const files = Object.fromEntries(programs.map((block, index) => [fileOf(block, index), block.code]));
    const check = (more: Record<string, string> = {}) =>
      withFiles({ ...files, ...more, 'tsconfig.json': JSON.stringify(tsconfig) }, () =>
        call('tsc', '-p', '.', '--pretty', 'false'),
      );
    const { output } = check();
    const errors = output.split('\n').filter((line) => /error TS/.test(line) && !/TS7016|TS2307/.test(line));
    expect(errors).to.deep.equal([]);
    const [first = ''] = tsconfig.files;
    const wrong = check({ [first]: "const dynapack = require('dynapack');\ndynapack({ prefixes: '/' });\n" });
    expect(wrong.output).to.include('prefixes');
  });

  it('has types, where the site is in TypeScript', () => {
    const site = BLOCKS.filter(
      ({ kind, name = '' }) => kind === 'types' || (kind === 'second' && /^src\/.*\.ts$/.test(name)),
    );
    const files = Object.fromEntries(site.map(({ name, code }) => [name as string, code]));
    expect(Object.keys(files)).to.include.members(['tsconfig.json', 'src/pages/home.ts']);
    const check = () => call('tsc', '-p', '.', '--pretty', 'false').output;
    expect(withFiles(files, check)).to.equal('');
    const wrong = `${files['src/pages/home.ts']}import names from '../card.module.css';\ngreeting(names.card, 1);\n`;
    expect(withFiles({ ...files, 'src/pages/home.ts': wrong }, check)).to.match(/TS2554.*\n$/);
  });
});
