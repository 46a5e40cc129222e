/** How the statements of a module are set as text. */
import type { Dice } from './dice';

/** Statements in one of several styles, with or without what is optional. */
export function tidy(statements: readonly string[], dice: Dice, forms: string[]): string[] {
  const style = dice.pick([
    'plain',
    'plain',
    'plain',
    'without semicolons',
    'strict',
    'hashbang',
    'carriage returns',
  ]);
  forms.push(`style: ${style}`);
  if (style === 'without semicolons') return withoutSemicolons(statements);
  if (style === 'strict') return ["'use strict';", ...statements];
  if (style === 'hashbang') return ['#!/usr/bin/env node', ...statements];
  if (style === 'carriage returns')
    return statements.map((statement) => `${statement.replaceAll('\n', '\r\n')}\r`);
  return [...statements];
}

/** Leaves out semicolons where the next line cannot be taken for the rest of a statement. */
function withoutSemicolons(statements: readonly string[]): string[] {
  return statements.map((statement, index) => {
    const next = statements[index + 1] ?? 'end';
    return /^[\p{ID_Start}$_{]/u.test(next) ? statement.replace(/;$/, '') : statement;
  });
}
