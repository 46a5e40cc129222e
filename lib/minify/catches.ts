/**
 * A `catch` clause in a clause of the same name: where a `var` inside declares that name once more, in strict mode as well (ECMA-262,
 * B.3.4), oxc's short names take the inner clause's name for the outer one's.
 */
import { Kind } from '../parse/tokens/kinds';
import type { Tokens } from '../parse/tokens/tokens';
import { tokensOf } from './sloppy';

const CLAUSE = /\bcatch\s*\(\s*([\w$\u0080-\uffff]+)\s*\)/g;

/** Names that more than one clause has. */
function repeatedNames(script: string): string[] {
  const names = Array.from(script.matchAll(CLAUSE), ([, name]) => name as string);
  return names.length < 2 ? [] : [...new Set(names.filter((name, index) => names.indexOf(name) < index))];
}

/** Where a block ends, by its braces, of which some may stand in strings. */
function blockEnd(open: number, script: string): number {
  const brace = /[{}]/g;
  brace.lastIndex = open;
  let depth = 0;
  for (let found = brace.exec(script); found; found = brace.exec(script)) {
    depth += found[0] === '{' ? 1 : -1;
    if (depth <= 0) return found.index;
  }
  return script.length;
}

/** Where tokens cannot be told. */
function probablyNested(script: string): string[] {
  const clauses = Array.from(script.matchAll(CLAUSE), ({ index, 0: { length }, 1: name = '' }) => {
    const start = index + length;
    return { name, start, end: blockEnd(start, script) };
  });
  const nested = clauses.filter(
    ({ name, start, end }) =>
      clauses.some((other) => other.name === name && other.start < start && start < other.end) &&
      /\bvar\b/.test(script.slice(start, end)),
  );
  return [...new Set(nested.map(({ name }) => name))];
}

/** Where the block of a clause ends, if the token begins one that catches a name. */
function clauseEnd(index: number, tokens: Tokens): number | undefined {
  const isClause = tokens.kind(index) === Kind.Catch && tokens.kind(index + 4) === Kind.BraceOpen;
  return isClause && tokens.kind(index + 3) === Kind.ParenClose ? tokens.match(index + 4) : undefined;
}

/** Names of clauses inside of one of the same name, in which there is a `var`. */
export function nestedCatches(script: string): readonly string[] {
  const repeated = repeatedNames(script);
  if (repeated.length === 0 || !/\bvar\b/.test(script)) return [];
  const tokens = tokensOf(script);
  if (tokens === undefined) return probablyNested(script);
  const nested = new Set<string>();
  let around: { name: string; end: number }[] = [];
  for (let index = 1; index <= tokens.last; index++) {
    around = around.filter(({ end }) => end > index);
    const end = clauseEnd(index, tokens);
    if (end !== undefined)
      around.push({ name: script.slice(tokens.start(index + 2), tokens.end(index + 2)), end });
    else if (tokens.kind(index) === Kind.Declare && tokens.is(index, 'var'))
      for (const [at, { name }] of around.entries())
        if (around.some((other, before) => before < at && other.name === name)) nested.add(name);
  }
  return [...nested];
}
