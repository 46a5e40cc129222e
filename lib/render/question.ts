/** What an engine is asked about a rendered module: whether it accepts an expression that it accepts only if the module is valid. */
import { isEsModule } from '../core/es-module';
import { partsIn } from '../core/parts';
import type { Module } from '../model';
import { type Piece, sourceOffset, textOf } from './edits';
import { renderDropped } from './esm';
import type { Rendered } from './texts';

export interface Question {
  /** An expression. */
  code: string;
  /** The offset in the module's source of one in the code. */
  sourceOf(offset: number): number;
}

/** What the code of an ES module begins with, if it has any, which no id can contain. */
const STRICT = '{"use strict";';

const FUNCTION = /^"(?:[^"\\]|\\.)*":function/;

/**
 * In the body of a function, functions may be declared twice, and again as variables; in modules and in strict blocks they may
 * not. So an ES module is asked about in a block, which is spared those who download it. What was left out has to be valid, too.
 */
export function questionOf({ module, pieces, text, shared }: Rendered): Question {
  if (shared) return questionOfBody(module, shared.body);
  const isModule = isEsModule(module) && FUNCTION.test(text);
  const code = isModule ? `${text.replace(STRICT, `${STRICT}{`)}}` : text;
  const before = (isModule ? '({{' : '({').length;
  const sourceOf = (offset: number): number => sourceOffset(pieces, offset - before);
  if (!module.dropped?.length) return { code: `({${code}})`, sourceOf };
  const dropped = questionOfDropped(module);
  const head = `({${code},...`;
  return {
    code: `${head}${dropped.code}})`,
    sourceOf: (offset) => (offset < head.length ? sourceOf(offset) : dropped.sourceOf(offset - head.length)),
  };
}

/** About a module that shares its function. */
function questionOfBody(module: Module, body: readonly Piece[]): Question {
  const head = `({f:function*()${STRICT}{`;
  const code = `${head}${textOf(body, module.source)}\n}}})`;
  const sourceOf = (offset: number): number => sourceOffset(body, offset - head.length);
  if (!module.dropped?.length) return { code, sourceOf };
  const dropped = questionOfDropped(module);
  return {
    code: `[${code},${dropped.code}]`,
    sourceOf: (offset) =>
      offset <= code.length ? sourceOf(offset - 1) : dropped.sourceOf(offset - code.length - 2),
  };
}

/** About what was left out of an ES module. */
function questionOfDropped(module: Module): Question {
  const head = `({f:function*()${STRICT}{`;
  const pieces = renderDropped(module);
  return {
    code: `${head}${textOf(pieces, module.source)}\n}}})`,
    sourceOf: (offset) => sourceOffset(pieces, offset - head.length),
  };
}

/** About a module that was left out altogether, and had nothing but parts. */
export const questionOfLeft = (module: Module): Question =>
  questionOfDropped({ ...module, dropped: partsIn(module.facts.syntax) });
