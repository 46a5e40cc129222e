/** What reports and budgets fail with, and warn of. */
import { DynapackError } from '../errors';
import { nearest } from '../nearest';
import type { BuildWarning } from '../warnings';
import { showBytes } from './sizes';
import { plural } from './words';

/** A page that starts with too much, or a request that brings too much. */
export interface Excess {
  /** In words: `'home' starts with`. */
  subject: string;
  /** Bytes after brotli. */
  bytes: number;
  budget: number;
  /** The largest that it comes of, in words. */
  reasons: readonly string[];
}

export function budgetExceeded(all: readonly Excess[]): DynapackError {
  const lines = all.flatMap(({ subject, bytes, budget, reasons }) => [
    `${subject} ${showBytes(bytes)} after brotli, ${plural(bytes - budget, 'byte')} above its budget of ${showBytes(budget)}. The largest of it:`,
    ...reasons.map((reason) => `    ${reason}`),
  ]);
  return new DynapackError('BUDGET', lines.join('\n  '), {
    hint: 'What has to change for a module to leave a page says: dynapack why <module> <entry>. What has to be there may have a larger budget.',
  });
}

/** @param call that has to know how large it is */
export function sizeUnknown(bundle: string, call: 'report' | 'scripts'): DynapackError {
  const what = call === 'scripts' ? 'budgets are checked' : 'the report is made';
  return new DynapackError(
    'SIZE_UNKNOWN',
    `${what} by the files that are served, and '${bundle}' is not among those that ${call}() was given`,
    {
      hint: `Pipe the finished Files themselves into it, behind everything that changes them: .pipe(dest(…)).pipe(pack.${call}()).`,
    },
  );
}

/** @param path as the user gave it */
export const noReport = (path: string): DynapackError =>
  new DynapackError('NO_REPORT', `what reports are compared with has to be one of these: ${path}`, {
    hint: 'Name a report of this version, as --report and pack.report() write it: report.html, or report.json.',
  });

/** @param known names of all pages and requests */
export function unknownBudget(name: string, known: readonly string[]): DynapackError {
  const match = nearest(name, known);
  return new DynapackError(
    'INVALID_OPTION',
    `dynapack(): option 'budgets' names '${name}', which is no entry, and no module that is requested later or starts as a worker`,
    { hint: match === undefined ? `Known: *, ${known.join(', ')}.` : `Did you mean '${match}'?` },
  );
}

export function uncheckedBudgets(root: string): BuildWarning {
  return {
    code: 'UNCHECKED_BUDGETS',
    message: "the option 'budgets' is checked by scripts(), and this pack has none: nothing looks at sizes",
    path: root,
    hint: 'Pipe the finished Files into it, also where there are no pages: .pipe(dest(…)).pipe(pack.scripts()).',
  };
}
