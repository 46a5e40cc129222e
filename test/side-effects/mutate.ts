/**
 * `npx tsx test/side-effects/mutate.ts`: breaks one rule after the other of what may be left out, in a copy of the library, and says whether
 * the tests notice. They have to.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A rule, as the source has it, and what takes its place. */
interface Mutation {
  name: string;
  file: string;
  rule: string;
  broken: string;
}

const mutations: readonly Mutation[] = [
  {
    name: 'a name that is not declared has no effects',
    file: 'parse/parts/purity-from-tokens.ts',
    rule: 'return this.known.declared.has(name) || CONSTANTS.has(name);',
    broken: 'return name !== "";',
  },
  {
    name: 'whatever a class extends is a class',
    file: 'parse/parts/purity-from-tokens.ts',
    rule: 'if (!isName(tokens.kind(index))) return false;\n    const name = tokens.text(index);\n    return (',
    broken:
      'if (!isName(tokens.kind(index))) return false;\n    const name = tokens.text(index);\n    return name !== "" || (',
  },
  {
    name: 'static members of classes run nothing',
    file: 'parse/parts/purity-from-tokens.ts',
    rule: 'if (tokens.kind(index) === Kind.Static && !this.isPureStatic(index)) return false;',
    broken: '',
  },
  {
    name: 'computed keys of classes run nothing',
    file: 'parse/parts/purity-from-tokens.ts',
    rule: 'if (tokens.kind(index) === Kind.BracketOpen && !this.isKnownKey(index)) return false;',
    broken: '',
  },
  {
    name: 'arguments of calls without effects have none',
    file: 'parse/parts/purity-from-tokens.ts',
    rule: 'return this.isPureList(index) ? tokens.match(index) + 1 : IMPURE;',
    broken: 'return tokens.match(index) + 1;',
  },
  {
    name: 'calls of functions without effects have none, whatever they are given',
    file: 'parse/parts/purity-from-tokens.ts',
    rule: 'if (open !== undefined && this.isPureList(open)) return',
    broken: 'if (open !== undefined) return',
  },
  {
    name: 'imports are functions without effects',
    file: 'core/effectless.ts',
    rule: 'if (!last?.facts.syntax?.parts?.effectless?.includes(local)) return false;',
    broken: 'if (last === undefined) return false;',
  },
  {
    name: 'computed keys of literals run nothing',
    file: 'parse/parts/purity-from-tokens.ts',
    rule: 'if (!this.known.globals.isSymbolKey(tokens.start(key))) return IMPURE;',
    broken: '',
  },
  {
    name: 'parts use no other parts',
    file: 'parse/parts/from-tokens.ts',
    rule: 'part.uses = [...uses];',
    broken: '',
  },
  {
    name: 'the rest of a module mentions no parts',
    file: 'parse/parts/from-tokens.ts',
    rule: 'mentioned: noteUses(found, dead, tokens),',
    broken: 'mentioned: noteUses(found, dead, tokens) && [],',
  },
  {
    name: 'nobody sees a module before it has run',
    file: 'core/idle.ts',
    rule: 'onlyDeclares(module) && !(early.has(module.path) && makesValues(module))',
    broken: 'onlyDeclares(module)',
  },
  {
    name: 'what a module runs that only declares does nothing either',
    file: 'core/idle.ts',
    rule: 'for (const path of line) if',
    broken: 'for (const path of line.slice(0, 0)) if',
  },
  {
    name: 'a module that declares something else as well does nothing',
    file: 'core/idle.ts',
    rule: 'syntax?.parts?.isAll === true &&',
    broken: 'syntax?.parts !== undefined &&',
  },
  {
    name: 'only what is asked of a namespace is needed, also where all of it is',
    file: 'core/demand.ts',
    rule: "if (name === undefined) this.references.set(reference, 'all');",
    broken: 'if (name === undefined) this.references.set(reference, new Set());',
  },
  {
    name: 'names that stars hand on are asked of the first star only',
    file: 'core/demand.ts',
    rule: 'for (const request of this.syntax.stars) {',
    broken: 'for (const request of this.syntax.stars.slice(0, 1)) {',
  },
  {
    name: 'what code imports does not run',
    file: 'core/demand.ts',
    rule: "this.references.set(reference, isCommon ? 'all' : new Set());",
    broken: "if (isCommon) this.references.set(reference, 'all');",
  },
];

/** What holds the rules: single ones, then random programs. */
const SUITES = ['test/parse/parts.test.ts', 'test/side-effects/*.test.ts'];

const root = resolve(__dirname, '../..');

/** The project in another directory, with packages and browsers' texts as they are here. */
function copy(): string {
  const directory = mkdtempSync(join(tmpdir(), 'dynapack-mutants-'));
  const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0');
  for (const file of tracked.filter((each) => each !== '')) cpSync(join(root, file), join(directory, file));
  cpSync(join(root, 'dist'), join(directory, 'dist'), { recursive: true });
  // What a broken rule does not use any more is no matter here.
  const config = join(directory, 'tsconfig.json');
  writeFileSync(config, readFileSync(config, 'utf8').replace(/("noUnused\w+": )true/g, '$1false'));
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  return directory;
}

const isNoticed = (directory: string): boolean => {
  const { status } = spawnSync('npx', ['mocha', '--bail', ...SUITES], { cwd: directory });
  return status !== 0;
};

function tryOut(directory: string, { name, file, rule, broken }: Mutation): boolean {
  const path = join(directory, 'lib', file);
  const source = readFileSync(path, 'utf8');
  if (source.split(rule).length !== 2) throw new Error(`${file} has no such rule, or several: ${rule}`);
  writeFileSync(
    path,
    source.replace(rule, () => broken),
  );
  try {
    execFileSync('npx', ['gulp', 'build'], { cwd: directory, stdio: ['ignore', 'ignore', 'inherit'] });
    const noticed = isNoticed(directory);
    console.log(`${noticed ? 'noticed' : 'NOT NOTICED'}: ${name}`);
    return noticed;
  } finally {
    writeFileSync(path, source);
  }
}

const directory = copy();
try {
  if (isNoticed(directory)) throw new Error('The suites fail without any mutation.');
  const noticed = mutations.map((mutation) => tryOut(directory, mutation));
  process.exitCode = noticed.every(Boolean) ? 0 : 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
