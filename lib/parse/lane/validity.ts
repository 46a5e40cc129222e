/** Whether an engine accepts an ES module, asked without its import and export declarations, which engines take in modules only. */
import type { ModuleSyntax } from '../../model';

const ASSIGNMENT = 'self.a=';

/**
 * The source as a script that is valid if the module is, but for what its declarations say. In the block, functions are
 * declared as they are in modules: once.
 */
export function asScript(source: string, { declarations }: ModuleSyntax): string {
  const parts: string[] = [];
  let offset = 0;
  for (const { form, start, end } of declarations.toSorted((a, b) => a.start - b.start)) {
    parts.push(source.slice(offset, start));
    if (form === 'entries') parts.push(';');
    else if (form !== 'exported') parts.push(ASSIGNMENT);
    offset = end;
  }
  return `(function(){"use strict";{${parts.join('')}${source.slice(offset)}\n}})`;
}
