/** Whether a text is an ES module, which a page cannot run as a script. */
import { refusalOf } from '../fs/validity';

/** Only texts with this are worth asking the engine. */
const MODULE_SYNTAX = /\bexport\b|\bimport\b\s*[^\s(]/;

/** Why the engine refuses a text as a script, if that is for being a module. */
export function moduleRefusalOf(text: string): string | undefined {
  if (!MODULE_SYNTAX.test(text)) return undefined;
  const refusal = refusalOf(text);
  return refusal !== undefined && /import|export/.test(refusal) ? refusal : undefined;
}
