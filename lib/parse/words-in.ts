/** A test whether a source may have one of some names in it; escapes may hide them. */
export function wordsIn(names: readonly string[]): (source: string) => boolean {
  const choice = names.map((name) => name.replaceAll('$', '\\$')).join('|');
  const words = new RegExp(`(?<![\\w$])(?:${choice})(?![\\w$])|\\\\u`);
  return (source) => words.test(source);
}
