// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are fragments of sources.
/** Expressions that use imports in every way, with marks for `layOut`. */
import type { Dice } from '../../esm/dice';

/** What a random expression can name. */
export interface Names {
  /** An import that is a value. */
  value: string;
  /** … that is a function. */
  call: string;
  /** … that is a class whose instances have `x`. */
  make: string;
  /** … that is a namespace. */
  all: string;
  /** Constants before. */
  known: readonly string[];
  /** Whether `await` may stand here. */
  awaits: boolean;
}

type Template = (names: Names, inner: (awaits?: boolean) => string) => string;

const templates: Template[] = [
  ({ value }) => value,
  ({ call }) => `${call}·(·)`,
  ({ call }, inner) => `${call}·(·${inner()}·,·${inner()}·)`,
  ({ call }, inner) => `${call}·\`a\${·${inner()}·}b\``,
  ({ call }, inner) => `(·${call}·)·(·${inner()}·)`,
  ({ call }) => `${call}·?.·(·)`,
  ({ make }, inner) => `new ${make}·(·${inner()}·)·.·x`,
  ({ make }) => `(·new ${make}·)·.·x`,
  ({ all }) => `${all}·.·value`,
  ({ all }, inner) => `${all}·[·'call'·]·(·${inner()}·)`,
  ({ all }) => `new ${all}·.·Make·(·7·)·.·x`,
  ({ known }) => known.at(-1) ?? '0',
  ({ known }) => known[0] ?? "'none'",
  () => '\'import␠x␠from␠"y"\'',
  () => '`export␠default␠${·1·}`',
  () => '/[/\'"]import/u·.·source',
  ({ value }) => `(·{·${value}·}·)·.·${value}`,
  ({ value }, inner) => `(·{·a·:·${inner()}·,·${value}·,·b·(·)·{·return␣${value}·}·}·)·.·b·(·)`,
  (_, inner) => `[·${inner()}·,·...·[·${inner()}·]·]`,
  (_, inner) => `(·${inner()}·,·${inner()}·)`,
  (_, inner) => `(·${inner()}·?·${inner()}·:·${inner()}·)`,
  (_, inner) => `typeof ${inner()}`,
  (_, inner) => `(·${inner()} + ${inner()}·)`,
  ({ value }) => `(·${value} /␠${value}·)`,
  ({ value }) => `(·${value}·<·${value}·)`,
  (_, inner) => `\`\${·${inner()}·}\``,
  ({ value }, inner) => `(·${value}˙=>·${value}·)·(·${inner()}·)`,
  ({ value }, inner) => `(·(·{·a·:·${value}·=·${inner(false)}·}·)˙=>·[·${value}·]·)·(·{·}·)`,
  ({ call }, inner) => `(·(·)˙=>·${call}·(·${inner(false)}·)·)·(·)`,
  ({ call }, inner) => `(·function·(·a·=·${inner(false)}·)·{·return␣${call}·(·a·)·}·)·(·)`,
  ({ call }) => `(·function ${call}·(·)·{·return␣typeof ${call}·}·)·(·)`,
  ({ value }) => `(·function·(·)·{·{·let ${value}·=·5·}·var b·=·${value}·¶return␣b·}·)·(·)`,
  ({ value }, inner) => `(·class·{·static·[·${inner()}·]·(·)·{·}·static a·=·${value}·}·)·.·a`,
  ({ make }) => `(·new·(·class extends ${make}·{·y·=·this·.·x·}·)·(·3·)·)·.·y`,
  ({ value }) => `(·(·async˙(·)˙=>·${value}·)·(·)·instanceof Promise·)`,
  () => 'typeof import·.·meta·.·url',
  () => 'typeof this',
];

const waiting: Template[] = [
  (_, inner) => `(·await ${inner()}·)`,
  ({ call }, inner) => `await ${call}·(·${inner()}·)`,
  () => "(·await import·(·'./values.mjs'·)·)·.·call·(·)",
  (_, inner) => `[·await ${inner()}·,·await ${inner()}·]`,
];

/** An expression that can stand wherever a comma cannot. */
export function expression(names: Names, dice: Dice, depth = 0): string {
  const pool = names.awaits ? [...templates, ...waiting] : templates;
  const simple = templates.slice(0, 2);
  const inner = (awaits = names.awaits): string => expression({ ...names, awaits }, dice, depth + 1);
  return dice.pick(depth > 2 ? simple : pool)(names, inner);
}
