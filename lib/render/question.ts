/** What an engine is asked about a rendered module: whether it accepts an expression that it accepts only if the module is valid. */
import { isEsModule } from '../core/es-module';
import { partsIn } from '../core/parts';
import type { Module } from '../model';
import { sourceOffset, textOf } from './edits';
import { renderDropped } from './esm';
import type { RenderedModule } from './maps';

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
export function questionOf({ module, pieces }: RenderedModule, text: string): Question {
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
