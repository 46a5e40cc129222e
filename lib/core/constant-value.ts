/**
 * The value of an expression that says what it is: a literal, `!` before one, a comparison of two texts, such as `"production" !== "test"`, and a
 * number that is shifted, `1 << 2`. Other expressions have none here.
 */
import type { Constant } from '../facts';

const TEXT = `'[\\w ./-]*'|"[\\w ./-]*"`;

const LITERAL = new RegExp(`^(?:-?\\d+(?:\\.\\d+)?|0[xX][\\da-fA-F]+|true|false|null|${TEXT})$`);

const COMPARISON = new RegExp(`^(${TEXT})\\s*([!=]==?)\\s*(${TEXT})$`);

const SHIFT = /^(\d+)\s*<<\s*(\d+)$/;

/** @param text without white space around it */
export function constantValue(text: string): Constant | undefined {
  const [, left, operator, right] = COMPARISON.exec(text) ?? [];
  if (left !== undefined)
    return (literalValue(left) === literalValue(right as string)) === operator?.startsWith('=');
  const [, shifted, by] = SHIFT.exec(text) ?? [];
  if (shifted !== undefined) return Number(shifted) << Number(by);
  return operandValue(text);
}

/** Of what no operator but `!` stands in, outside of parentheses. */
function operandValue(text: string): Constant | undefined {
  // `-0` and `0` would be one in JSON.
  if (LITERAL.test(text)) return /^-0(?:\.0+)?$/.test(text) ? undefined : literalValue(text);
  const [, inner] = /^\(\s*([^()]*?)\s*\)$/.exec(text) ?? [];
  if (inner !== undefined) return constantValue(inner);
  const value = text.startsWith('!') ? operandValue(text.slice(1).trim()) : undefined;
  return value === undefined ? undefined : !value;
}

function literalValue(literal: string): Constant {
  if (/^['"]/.test(literal)) return literal.slice(1, -1);
  return /^[tfn]/.test(literal) ? JSON.parse(literal) : Number(literal);
}
