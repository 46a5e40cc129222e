/** What the build says of a source, and what V8 says of it. */
import { spawnSync } from 'node:child_process';
import { refusalError } from '../../lib/analyse';
import { DynapackError } from '../../lib/errors';
import { isAccepted, refusalOf } from '../../lib/fs/validity';
import type { Module } from '../../lib/model';
import { parseFacts } from '../../lib/parse/parse';
import { normalise } from '../../lib/parse/source';
import { textOf } from '../../lib/render/edits';
import { renderModule } from '../../lib/render/module';
import { questionOf } from '../../lib/render/question';

export interface Source {
  text: string;
  /** By its name or its package.json it is an ES module. */
  module: boolean;
  /** It stands in an installed package. */
  published: boolean;
}

/** Either what the module was rendered to, or why the build fails. */
export type Verdict = { text: string } | { error: DynapackError };

const names = {
  id: (path: string) => path,
  name: (path: string) => path,
  isEsModule: () => true,
  short: new Map(),
  has: () => true,
  isPlainStyle: () => false,
  global: 'self',
};

/** As a build does it: parsed, rendered, and asked about. */
export function verdictOf({ text: given, module, published }: Source): Verdict {
  const source = normalise(given);
  try {
    const options = { fileName: '/m.js', labels: ['js'], env: {}, refusalOf, isAccepted };
    const type = module ? ('module' as const) : undefined;
    const facts = parseFacts(source, { ...options, type, published });
    const made: Module = {
      path: published ? '/node_modules/a/m.js' : '/m.js',
      source,
      facts,
      targets: facts.references.map(() => '/b.js'),
      shims: {},
      runtime: undefined,
      isNodeModule: module,
      isPure: false,
    };
    const pieces = renderModule(made, names);
    const text = textOf(pieces, source);
    const question = questionOf({ module: made, pieces, text });
    return refusalOf(question.code) === undefined ? { text } : { error: refusalError(made, question) };
  } catch (error) {
    if (error instanceof DynapackError) return { error };
    throw error;
  }
}

const ORACLE = `
const { SourceTextModule } = require('node:vm');
const sources = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const refusalOf = ({ text, module }) => {
  try {
    if (module) new SourceTextModule(text);
    else new Function('exports', 'require', 'module', text);
    return null;
  } catch (error) {
    return error.message;
  }
};
process.stdout.write(JSON.stringify(sources.map(refusalOf)));
`;

/** Why V8 refuses each source as what it is, `null` where it does not. The class that it asks for modules needs a flag. */
export function refusalsOf(sources: readonly Pick<Source, 'text' | 'module'>[]): (string | null)[] {
  const flags = ['--experimental-vm-modules', '--no-warnings', '-e', ORACLE];
  const input = JSON.stringify(sources.map(({ text, module }) => ({ text: normalise(text), module })));
  const { stdout, stderr, status } = spawnSync(process.execPath, flags, {
    input,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as (string | null)[];
}
