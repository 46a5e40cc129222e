/** What stands around the modules of a script that stands alone: what runs them, the runtime that they need, and who gets their exports. */
import { standaloneParts } from '../core/runtime';
import type { Module, RuntimePart } from '../model';
import type { Frame } from './bundle';
import { RUNTIME } from './references';

/** Function expressions, see `client/standalone/`. */
export interface StandaloneTexts {
  /**
   * Runs modules: takes them, and the id of the entry, and gives what that exports.
   * @param hasLinks whether there is a runtime
   * @param hasEnsure whether modules may ask for `require.ensure`
   */
  runner(hasLinks: boolean, hasEnsure: boolean): string;
  /** The body of the module that links ES modules. */
  runtime(parts: readonly RuntimePart[]): string;
  /** Takes the name of a library, and what it exports. */
  publish: string;
  /** Gives the URL of the script that it is called in. */
  address: string;
}

/** The script as it was planned. */
interface Script {
  modules: ReadonlyMap<string, Module>;
  /** Id of the entry. */
  entry: string;
  library: string | undefined;
}

/** Whether a module asks for it by any way. */
const mentionsEnsure = ({ source }: Module): boolean => source.includes('ensure');

/** The runtime as a module of the script. Where that is, is asked when it begins. */
function runtimeModule(modules: ReadonlyMap<string, Module>, texts: StandaloneTexts): string {
  const parts = standaloneParts(modules);
  const code = `function(require,module,exports){${texts.runtime(parts)}\n}`;
  const isAddressed = parts.includes('address');
  const value = isAddressed ? `function(address){return ${code}}((${texts.address})())` : code;
  return `${JSON.stringify(RUNTIME)}:${value},\n`;
}

/** An object without a prototype, so that it has no modules but its own. */
const TABLE = '{__proto__:null,\n';

export function standaloneFrame({ modules, entry, library }: Script, texts: StandaloneTexts): Frame {
  const all = [...modules.values()];
  const hasLinks = all.some(({ runtime }) => runtime !== undefined);
  const runner = `(${texts.runner(hasLinks, all.some(mentionsEnsure))})`;
  const head = `${runner}(${TABLE}${hasLinks ? runtimeModule(modules, texts) : ''}`;
  const tail = `\n},${JSON.stringify(entry)})`;
  if (library === undefined) return { head, tail: `${tail};\n` };
  return { head: `(${texts.publish})(${JSON.stringify(library)},${head}`, tail: `${tail});\n` };
}
