/** What stands around the modules of a script that stands alone: what runs them, the runtime that they need, and who gets their exports. */
import { isEsModule } from '../core/es-module';
import { standaloneParts } from '../core/runtime';
import { isPlainest, isSimple } from '../core/simple';
import type { Module, RuntimePart } from '../model';
import type { Frame } from './bundle';
import { RUNTIME } from './references';

/**
 * What can run modules: CommonJS, also with `require.ensure`; any; and ES modules that are simple, also for their exports, or beside CommonJS. Of
 * those that are plain nothing is handed on.
 */
export type RunnerKind =
  | 'common'
  | 'commonEnsuring'
  | 'linked'
  | 'linkedEnsuring'
  | 'plain'
  | 'plainLibrary'
  | 'simple'
  | 'simpleLibrary'
  | 'simpleMixed';

/** Function expressions, see `client/standalone/`. */
export interface StandaloneTexts {
  /** Each runs modules: takes them, and the id of the entry, and gives what that exports. */
  runners: Readonly<Record<RunnerKind, string>>;
  /** The body of the module that links ES modules. */
  runtime(parts: readonly RuntimePart[]): string;
  /** Takes the name of a library, and what it exports. */
  publish: string;
  /** Gives the URL of the script that it is called in. */
  address: string;
}

/** The script as it was planned. */
interface Script {
  /** What it holds, by path. */
  modules: ReadonlyMap<string, Module>;
  /** Id of the entry. */
  entry: string;
  library: string | undefined;
}

/** Whether a module may ask for `require.ensure`, by any way: an ES module has no `require`, unless it uses that. */
const mayEnsure = ({ source, facts: { syntax } }: Module): boolean =>
  (syntax === undefined || syntax.commonNames.length > 0) && /\bensure\b/.test(source);

/** What modules ask the runtime for where they are linked without it. */
const SIMPLE_PARTS: readonly RuntimePart[] = ['address', 'global'];

/** What runs the modules of a script, and the parts of the runtime that it needs; none where there is no use for it. */
function chooseRunner({ modules, library }: Script): { kind: RunnerKind; parts?: RuntimePart[] } {
  const all = [...modules.values()];
  const isEnsuring = all.some(mayEnsure);
  if (all.every(({ runtime }) => runtime === undefined))
    return { kind: isEnsuring ? 'commonEnsuring' : 'common' };
  const parts = standaloneParts(modules);
  if (!isSimple(modules)) return { kind: isEnsuring ? 'linkedEnsuring' : 'linked', parts };
  const asked = parts.filter((part) => SIMPLE_PARTS.includes(part));
  if (asked.length > 0) return { kind: 'simpleMixed', parts: asked };
  if (!all.every(isEsModule)) return { kind: 'simpleMixed' };
  const base = all.every(isPlainest) ? 'plain' : 'simple';
  return { kind: library === undefined ? base : `${base}Library` };
}

/** The runtime as a module of the script. Where that is, is asked when it begins. */
function runtimeModule(parts: readonly RuntimePart[], texts: StandaloneTexts): string {
  const code = `function(require,module,exports){${texts.runtime(parts)}\n}`;
  const value = parts.includes('address') ? `function(address){return ${code}}((${texts.address})())` : code;
  return `${JSON.stringify(RUNTIME)}:${value},\n`;
}

/** An object without a prototype, so that it has no modules but its own. */
const TABLE = '{__proto__:null,\n';

export function standaloneFrame(script: Script, texts: StandaloneTexts): Frame {
  const { entry, library } = script;
  const { kind, parts } = chooseRunner(script);
  const runtime = parts === undefined ? '' : runtimeModule(parts, texts);
  const head = `(${texts.runners[kind]})(${TABLE}${runtime}`;
  const tail = `\n},${JSON.stringify(entry)})`;
  if (library === undefined) return { head, tail: `${tail};\n` };
  return { head: `(${texts.publish})(${JSON.stringify(library)},${head}`, tail: `${tail});\n` };
}
