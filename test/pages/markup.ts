/** Markup that takes names of `document` and `window`, as users of a site may write it where only scripts are forbidden. */
import * as texts from '#client';

/** Elements that take a name, each by another rule of HTML. */
const KINDS: ((name: string, more: string) => string)[] = [
  (name, more) => `<img name="${name}"${more}>`,
  (name, more) => `<img id="${name}" name="${name}"${more}>`,
  (name, more) => `<img name="${name}"${more}><img name="${name}">`,
  (name, more) => `<form name="${name}"${more}></form>`,
  (name, more) =>
    `<form name="${name}"${more}><input name="call"><input name="append"><input name="push"><input name="nonce"></form>`,
  (name, more) => `<form id="${name}"><input name="src"><input name="getAttribute"${more}></form>`,
  (name, more) => `<embed name="${name}"${more}>`,
  (name, more) => `<object id="${name}"${more}></object>`,
  (name, more) => `<object name="${name}"${more}></object>`,
  (name, more) => `<a id="${name}" name="${name}" href="https://example.test/"${more}></a>`,
  (name, more) => `<div id="${name}"${more}></div>`,
];

/** One that takes long to be there. */
const frame = (name: string, more: string): string => `<iframe name="${name}" srcdoc=""${more}></iframe>`;

/** All that scripts of ours could read: every name in them. */
export const NAMES: readonly string[] = [
  ...new Set(
    [
      ...Object.values(texts)
        .join('\n')
        .matchAll(/\b[A-Za-z]\w{2,}/g),
    ].map(String),
  ),
].sort();

/**
 * Elements that take names, those of every kind mixed.
 * @param more attributes that all of them get
 */
export function elementsNamed(names: readonly string[], random: () => number, more: string): string {
  const kindOf = (): (typeof KINDS)[number] =>
    random() < 0.02 ? frame : (KINDS[Math.floor(random() * KINDS.length)] as typeof frame);
  return names.map((name) => kindOf()(name, more)).join('\n');
}
