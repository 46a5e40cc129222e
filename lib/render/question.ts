/** What an engine is asked about a rendered module: whether it accepts an expression that it accepts only if the module is valid. */
import { isEsModule } from '../core/es-module';
import { sourceOffset } from './edits';
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
 * not. So an ES module is asked about in a block, which is spared those who download it.
 */
export function questionOf({ module, pieces }: RenderedModule, text: string): Question {
  const isModule = isEsModule(module) && FUNCTION.test(text);
  const code = isModule ? `({${text.replace(STRICT, `${STRICT}{`)}}})` : `({${text}})`;
  const before = (isModule ? '({{' : '({').length;
  return { code, sourceOf: (offset) => sourceOffset(pieces, offset - before) };
}
