/**
 * A style → its facts. It keeps its text: what names other files is found by ranges, so that an edit changes as little of a bundle as it changes
 * of the source. Imports leave the text; what they name stands before it in the order of styles.
 */
import type { ModuleFacts, Range, Reference, Replacement, StyleHead } from '../../facts';
import { closingOf, Rest } from './rest';
import { readTop, type TopStatement } from './statements';
import { Kind, type Token, tokensOf } from './tokens';

/** Whether a URL is left to the browser: whole URLs, paths from the root, and what is in the same document. */
const isForBrowser = (url: string): boolean => /^(?:$|[a-z][a-z\d+.-]*:|[/\\#?])/i.test(url.trim());

/** There is no style in the same document: what begins with `#` is a name, as in `imports` of a package.json. */
const isImportForBrowser = (url: string): boolean => !/^#./.test(url.trim()) && isForBrowser(url);

/** The path of a file in a URL, decoded, and what stands behind it. */
function splitUrl(url: string): { specifier: string; suffix?: string } {
  const [, path = '', suffix = ''] = /^([^?#]*)(.*)$/s.exec(url.trim()) ?? [];
  let specifier = path;
  try {
    specifier = decodeURIComponent(path);
  } catch {
    // A sign for percent stands for itself.
  }
  return suffix === '' ? { specifier } : { specifier, suffix };
}

type Import = TopStatement & { form: 'import' };

const importOf = ({ url, wrappers, start, end }: Import): Reference => ({
  kind: '@import',
  specifier: url.trim().startsWith('#') ? url.trim() : splitUrl(url).specifier,
  start,
  end,
  optional: false,
  ...(wrappers.length > 0 && { wrappers }),
});

/** Statements of the top that have a place of their own: those before an import, if that is not of the same kind. */
function headsOf(text: string, statements: readonly TopStatement[]): StyleHead[] {
  const heads: StyleHead[] = [];
  for (const statement of statements) {
    const { form, start, end } = statement;
    const isImport = form === 'import';
    if (isImport ? !isImportForBrowser(statement.url) : form !== 'layers') continue;
    const closing = end === text.length ? closingOf(text.slice(start)) : '';
    heads.push({ start, end, isImport, ...(closing !== '' && { closing }) });
  }
  return heads;
}

/** Ranges without their contents. */
const remove = ({ start, end }: Range): Replacement => ({ start, end, text: '' });

/** Whether a token says nothing. Licences stay. */
const isBlank = (text: string, { kind, start }: Token): boolean =>
  kind === Kind.WhiteSpace || kind === Kind.End || (kind === Kind.Comment && text[start + 2] !== '!');

/** Whether nothing that counts is left of a text without these ranges, which are sorted. */
function isEmptyWithout(text: string, tokens: readonly Token[], ranges: readonly Range[]): boolean {
  let next = 0;
  return tokens.every((token) => {
    while ((ranges[next]?.end ?? Infinity) <= token.start) next++;
    return (ranges[next]?.start ?? Infinity) <= token.start || isBlank(text, token);
  });
}

/**
 * Reads a style.
 * @param text without a byte order mark, lines end with LF
 */
export function readStyle(text: string): ModuleFacts {
  const tokens = tokensOf(text);
  const { statements, next } = readTop(text, tokens);
  const imports = statements.filter((each): each is Import => each.form === 'import');
  const rest = new Rest(text, tokens, next).read();
  const files = rest.urls
    .filter(({ url }) => !isForBrowser(url))
    .map(
      ({ url, start, end, isString }): Reference => ({
        kind: 'url()',
        ...splitUrl(url),
        start,
        end,
        optional: false,
        ...(isString && { isString }),
      }),
    );
  const charsets = statements.filter(({ form }) => form === 'charset');
  const marks = tokens.filter(({ kind }) => kind === Kind.CommentOpen || kind === Kind.CommentClose);
  const replacements = [
    ...charsets.map(remove),
    ...marks.filter(({ start }) => rest.isTop(start)).map(remove),
  ];
  return {
    references: [...imports.filter(({ url }) => !isImportForBrowser(url)).map(importOf), ...files],
    replacements: [...replacements, ...rest.strays].sort((a, b) => a.start - b.start),
    nodeGlobals: [],
    syntax: undefined,
    concerns: rest.late.map((start) => ({ kind: 'import below rules', start })),
    style: {
      heads: headsOf(text, statements),
      isEmpty: isEmptyWithout(text, tokens, [...statements].sort(byStart)),
      isAlone: rest.hasNamespace,
      closing: rest.closing,
    },
  };
}

const byStart = (a: Range, b: Range): number => a.start - b.start;
