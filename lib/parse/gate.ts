/** What a glance at the text tells: some files need no parser, others only one of the two. */

const WORDS =
  /\b(?:require|import|export|await|process|Buffer|global|__filename|__dirname|setImmediate|clearImmediate)\b/;

/** What `module` has for those only that ask. */
const OF_MODULE =
  /\bmodule\s*(?:(?:\?\.|\.)\s*|(?:\?\.)?\[\s*["'`])(?:children|parent|paths)\b|\}\s*=\s*module\b/;

/** A letter of one of these words that hides in an escape. */
const ESCAPED_LETTER = /\\u(?:00|\{0*)[4-7]/;

/**
 * Syntax that came after ES2017, as far as a regular expression can see it. A wrong yes costs some speed,
 * a wrong no one refusal by esprima; neither changes a result.
 */
const NEWER = new RegExp(
  [
    /[{,]\s*\.\.\.(?!\s*\])/, // object rest and spread (arguments look the same)
    /\?\.(?!\d)|\?\?|&&=|\|\|=/, // optional chaining, nullish and logical assignment
    /\bimport\s*[(./]|\bexport\s*\*\s*as\b/, // import(), import.meta, export * as
    /\bcatch\s*\{/,
    /\bfor\s+await\b|\basync\s*\*|\basync\s+function\s*\*/,
    /\.#[\w$]|\bstatic\s*\{|\bstatic\s+[\w$]+\s*[=;]/, // private names, static blocks and fields
    /\b\d+_\d|\b\d[\da-fA-FxXoObB]*n\b/, // 1_000, 1n
    /\u2028|\u2029/, // allowed in strings since ES2019
  ]
    .map((pattern) => pattern.source)
    .join('|'),
);

/** Looks behind only from the two words, so that long runs of white space cost nothing. */
const MODULE =
  /\b(?:import|export)\b(?<=(?:^|[;}]|\*\/)\s*\w+)(?=\s*(?:["'{*]|[\w$]))|\bimport\s*\.\s*meta\b/m;

const MODULE_WORDS = /\b(?:import|export|await)\b/;

/** Whether the source, a script, may hold anything that facts tell of. */
export function isInteresting(source: string, label: string | undefined): boolean {
  if (WORDS.test(source) || OF_MODULE.test(source) || ESCAPED_LETTER.test(source)) return true;
  return label !== undefined && new RegExp(label).test(source);
}

/** Whether the source seems to use syntax newer than ES2017. */
export function isNewer(source: string): boolean {
  return NEWER.test(source);
}

/** Whether the source seems to be an ES module. */
export function looksLikeModule(source: string): boolean {
  return MODULE.test(source);
}

/** Whether it makes sense at all to try the source as an ES module. */
export function mentionsModule(source: string): boolean {
  return MODULE_WORDS.test(source);
}
