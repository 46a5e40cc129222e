/** Whether an engine accepts an ES module, asked without its import and export declarations, which engines take in modules only. */
import type { ModuleSyntax } from '../../model';

/** Engines take it where a declaration of a module may stand: where statements of a list begin. It declares no name. */
const DECLARATION = 'const[]=0;';

const ASSIGNMENT = 'self.a= ';
const NAME = ' dynapackDefault';

/** Where functions are not async, `await` is a name in scripts. Behind it goes an operator, which names have nowhere. */
const AWAIT = /(?<!\bfor\s+)\bawait\b/g;
const AWAITED = 'await void';

/**
 * The source as a script that is valid if the module is, but for what its declarations say; one that is valid where the module
 * is not would be a mistake. In the block, functions are declared as they are in modules: once.
 */
export function asScript(source: string, { declarations }: ModuleSyntax): string {
  const parts: string[] = [];
  let offset = 0;
  const copy = (end: number) => {
    parts.push(source.slice(offset, end));
    offset = end;
  };
  for (const declaration of declarations.toSorted((a, b) => a.start - b.start)) {
    copy(declaration.start);
    parts.push(DECLARATION);
    offset = declaration.end;
    if (declaration.form === 'default function') {
      copy(declaration.nameAt);
      parts.push(NAME);
    } else if (declaration.form === 'default value') {
      parts.push(ASSIGNMENT);
      copy(declaration.valueEnd);
      parts.push(';');
    }
  }
  copy(source.length);
  return `(function(){"use strict";{${parts.join('').replace(AWAIT, AWAITED)}\n}})`;
}
