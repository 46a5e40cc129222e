/** Text → HTML and scripts inside HTML. */

/** For a double-quoted attribute, of XML as well. */
export const escapeAttribute = (text: string): string => escapeMarkup(text).replaceAll('"', '&quot;');

/** For a single-quoted attribute: JSON keeps its double quotes. */
export const escapeSingleQuoted = (text: string): string => escapeMarkup(text).replaceAll("'", '&#39;');

const escapeMarkup = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A relative file name as part of a URL: each segment percent-encoded. */
export const urlPath = (name: string): string => name.split('/').map(encodeURIComponent).join('/');

const scriptEscapes: Record<string, string> = {
  '<': '\\u003C',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/**
 * JSON for the inside of a `<script>` element: nothing in it can end the element (`</script`), hide its end
 * (`<!--`, `<script`) or end a line in an ES5 engine (U+2028/9). See HTML Living Standard, "Restrictions for
 * contents of script elements".
 */
export const scriptJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[<\u2028\u2029]/g, (character) => scriptEscapes[character] as string);
