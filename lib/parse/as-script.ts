/** Whether an engine accepts an ES module, asked without what engines take in modules only. */
import type { Declaration, ModuleSyntax } from '../facts';

/** Text for a range of the source. */
interface Change {
  start: number;
  end: number;
  text: string;
}

/** Engines take it where a declaration of a module may stand: where statements of a list begin. It declares no name. */
const DECLARATION = 'const[]=0;';

const ASSIGNMENT = 'self.a= ';
const NAME = ' dynapackDefault';

/** May stand wherever `import.meta` may, and cannot be assigned to either. */
const META = 'this';

/** Where functions are not async, `await` is a name in scripts. Behind it goes an operator, which names have nowhere. */
const AWAIT = /(?<!\bfor\s+)\bawait\b/g;
const AWAITED = 'await void';

const insertion = (at: number, text: string): Change => ({ start: at, end: at, text });

function changesOf(declaration: Declaration): Change[] {
  const { start, end } = declaration;
  switch (declaration.form) {
    case 'default function':
      return [{ start, end, text: DECLARATION }, insertion(declaration.nameAt, NAME)];
    case 'default value':
      return [{ start, end, text: DECLARATION + ASSIGNMENT }, insertion(declaration.valueEnd, ';')];
    default:
      return [{ start, end, text: DECLARATION }];
  }
}

/**
 * The source as a script that is valid if the module is, but for what its declarations say; one that is valid where the module
 * is not would be a mistake. In the block, functions are declared as they are in modules: once. The arrow function has no
 * `new.target`.
 */
export function asScript(source: string, { declarations, metas, comments, awaits }: ModuleSyntax): string {
  const changes = declarations.flatMap(changesOf).concat(
    metas.map((meta) => ({ ...meta, text: META })),
    comments.map((offset) => insertion(offset, ' ')),
  );
  const parts: string[] = [];
  let offset = 0;
  for (const { start, end, text } of changes.sort((a, b) => a.start - b.start)) {
    parts.push(source.slice(offset, start), text);
    offset = end;
  }
  parts.push(source.slice(offset));
  const code = parts.join('').replace(AWAIT, AWAITED);
  return `(${awaits.length > 0 ? 'async' : ''}()=>{"use strict";{${code}\n}})`;
}
