/**
 * Strings that oxc has written as template literals → strings, for scripts that had none: ES5 knows no templates. oxc takes them
 * for what compresses best, whatever its target.
 */
import { Kind } from '../parse/tokens/kinds';
import { moveMappings, type Replacement, replaceAll } from '../render/moved-mappings';
import { tokensOf } from './sloppy';

/** What has another form in a string. */
const OTHERWISE: Record<string, string> = {
  '\n': '\\n',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
  '\\`': '`',
  '\\$': '$',
};

/** The string that means what a template without substitutions means. */
function stringOf(template: string): string {
  const inner = template.slice(1, -1);
  const quote = inner.split('"').length > inner.split("'").length ? "'" : '"';
  const text = inner.replace(/\\[\s\S]|["'\n\u2028\u2029]/g, (found) =>
    found === quote ? `\\${quote}` : (OTHERWISE[found] ?? found),
  );
  return quote + text + quote;
}

/** `undefined` where tokens cannot be told. */
function findReplacements(code: string): Replacement[] | undefined {
  const tokens = tokensOf(code);
  if (tokens === undefined) return undefined;
  const found: Replacement[] = [];
  for (let index = 1; index <= tokens.last; index++) {
    if (tokens.kind(index) !== Kind.Template) continue;
    const [start, end] = [tokens.start(index), tokens.end(index)];
    found.push({ start, end, text: stringOf(code.slice(start, end)) });
  }
  return found;
}

/**
 * @param code what oxc has made of a script without templates
 * @param map leads to that script
 * @returns `undefined` where the tokens of the code cannot be told
 */
export function withoutTemplates<Map extends { mappings: string }>(
  code: string,
  map: Map | undefined,
): { code: string; map: Map | undefined } | undefined {
  const replacements = code.includes('`') ? findReplacements(code) : [];
  if (replacements === undefined || replacements.length === 0) return replacements && { code, map };
  const text = replaceAll(code, replacements);
  return {
    code: text,
    map: map && { ...map, mappings: moveMappings(map.mappings, code, text, replacements) },
  };
}
