/** `resolve.alias`, as oxc-resolver reads it. */

/** Specifier or prefix → what stands for it, or `false` for an empty module. */
export type Replacements = Readonly<Record<string, string | false>>;

/** What a key with a star makes of a specifier: what the star stands for goes to where the value has one. */
function byPattern(specifier: string, key: string, value: string | false): string | false | undefined {
  const [before, after] = key.split('*') as [string, string];
  const isMatch =
    specifier.length >= key.length - 1 && specifier.startsWith(before) && specifier.endsWith(after);
  if (!isMatch) return undefined;
  return value === false
    ? value
    : value.replace('*', () => specifier.slice(before.length, specifier.length - after.length));
}

/** What one alias makes of a specifier: a key stands for itself and what is below it, with `$` for itself alone. */
function byKey(specifier: string, key: string, value: string | false): string | false | undefined {
  if (key === `${specifier}$` || key === specifier) return value;
  if (specifier.startsWith(`${key}/`)) return value && value + specifier.slice(key.length);
  return key.includes('*') ? byPattern(specifier, key, value) : undefined;
}

/** What the first alias for a specifier makes of it. */
export function aliasFor(specifier: string, alias: Replacements): string | false | undefined {
  for (const [key, value] of Object.entries(alias)) {
    const replacement = byKey(specifier, key, value);
    if (replacement !== undefined) return replacement;
  }
  return undefined;
}
