/** Label comments such as `/*js*\/`: a string that one follows is a declared dynamic dependency. */

/** By their labels, since all modules of a build ask with the same ones. */
const labelComments = new WeakMap<readonly string[], string>();

/** Source text of a regular expression for a label comment, or `undefined` when there are no labels. */
export function labelComment(labels: readonly string[]): string | undefined {
  if (labels.length === 0) return undefined;
  const known = labelComments.get(labels);
  if (known !== undefined) return known;
  const alternatives = labels.map((label) => label.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const made = `/\\*\\s*(?:${alternatives.join('|')})\\s*\\*/`;
  labelComments.set(labels, made);
  return made;
}

/** Tells whether the label comment follows an offset, perhaps after a comma or semicolon. `comment` is the source of its regular expression. */
export function labelTest(source: string, comment: string): (end: number) => boolean {
  const pattern = new RegExp(`\\s*(?:[,;]\\s*)?${comment}`, 'y');
  return (end) => {
    pattern.lastIndex = end;
    return pattern.test(source);
  };
}
