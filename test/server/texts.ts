/** Texts of which a patch is worth making. */

/** A script of a few kilobytes that sets `self[name]` to the value, and says who it is. */
export function script(name: string, value: string, lines = 40): string {
  const rows = Array.from({ length: lines }, (_, index) => `  { id: ${index}, key: '${mix(index)}' },`);
  return `self.${name} = '${value}';\nself.${name}Rows = [\n${rows.join('\n')}\n];\n`;
}

/** A word that does not compress well, the same for the same number. */
function mix(seed: number): string {
  let state = (seed + 1) * 0x9e3779b1;
  let word = '';
  for (let index = 0; index < 12; index++) {
    state = Math.imul(state ^ (state >>> 15), 0x85ebca6b) >>> 0;
    word += (state % 36).toString(36);
  }
  return word;
}
