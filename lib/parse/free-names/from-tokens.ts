/** What CommonJS and Node give by name, where nothing in a source declares it. */
import type { NodeGlobal, Replacement } from '../../model';
import { liveTokens, type Read, readAt } from '../env/from-tokens';
import { giveUp } from '../tokens/give-up';
import { Context, Kind } from '../tokens/kinds';
import { placeOf } from '../tokens/places';
import { Shadows } from '../tokens/shadows';
import type { Tokens } from '../tokens/tokens';
import { isModuleMember } from './module-members';
import { type FreeUse, neededGlobals } from './needed';

type Env = Readonly<Record<string, string>>;

/** Gathers the tokens that are such names. */
export class GlobalNames {
  readonly #found: number[] = [];
  readonly #shadows = new Shadows();

  constructor(private readonly tokens: Tokens) {}

  /** Notes a token that is one, which is no key of an object. Throws an `Uncertain`. */
  note(index: number): void {
    const place = placeOf(this.tokens, index);
    if (place === 'value' || place === 'shorthand') this.#found.push(index);
    else if (place !== 'key') this.#shadows.add(this.tokens.text(index), index, place);
  }

  /** Those that nothing declares, now that all are noted; ascending. Throws an `Uncertain`. */
  free(): number[] {
    this.#shadows.assertUnwritten();
    const free = this.#found.filter((index) => !this.#shadows.covers(this.tokens.text(index), index));
    for (const index of free) assertBare(index, this.tokens);
    return free;
  }
}

/** Parentheses around a name alone hide what is done with it. */
function assertBare(index: number, tokens: Tokens): void {
  const isAlone = tokens.kind(index - 1) === Kind.ParenOpen && tokens.kind(index + 1) === Kind.ParenClose;
  if (isAlone && tokens.around(index) === Context.Group) giveUp('parenthesised name');
  if (tokens.kind(index - 1) === Kind.ParenOpen && isWorker(index - 2, tokens)) giveUp('worker');
}

/** Throws an `Uncertain` where `module` is asked for what is not there for all. */
export function assertPlainModule(index: number, tokens: Tokens): void {
  const after = tokens.kind(index + 1);
  const member = after === Kind.Dot ? tokens.text(index + 2) : undefined;
  const isTaken = tokens.kind(index - 1) === Kind.Assign && tokens.kind(index - 2) === Kind.BraceClose;
  const isHidden = after === Kind.BracketOpen || after === Kind.Optional || isTaken;
  if (isHidden || member === 'require' || isModuleMember(member)) giveUp('member of module');
}

const isWorker = (index: number, tokens: Tokens): boolean =>
  tokens.is(index, 'Worker') || tokens.is(index, 'SharedWorker');

/** What free names are there for, but where they stand in dead code. */
export interface Needs {
  replacements: Replacement[];
  nodeGlobals: NodeGlobal[];
  /** The tokens of references that are not dead. */
  references: number[];
}

/**
 * @param globals the tokens of those free names that are no references
 * @param references the tokens of references
 * @throws Uncertain
 */
export function needsOf(
  globals: readonly number[],
  references: readonly number[],
  tokens: Tokens,
  env: Env,
): Needs {
  const reads = new Map<number, Read>();
  for (const index of globals) {
    const read = tokens.kind(index) === Kind.Process ? readAt(index, tokens, env) : undefined;
    if (read !== undefined) reads.set(index, read);
  }
  const targets = [...globals, ...references].sort((a, b) => a - b);
  const live = liveTokens(targets, reads, tokens);
  const replaced = [...reads.values()].filter(({ first }) => live.has(first));
  const named = globals.filter((index) => live.has(index) && !reads.has(index));
  return {
    replacements: replaced.map(({ start, end, text }) => ({ start, end, text })),
    nodeGlobals: neededGlobals(named.map((index) => useAt(index, tokens))),
    references: references.filter((index) => live.has(index)),
  };
}

const useAt = (index: number, tokens: Tokens): FreeUse => ({
  name: tokens.text(index) as NodeGlobal,
  isTested: isTested(index, tokens),
});

/** Whether the name is only asked for. */
export const isTested = (index: number, tokens: Tokens): boolean =>
  tokens.kind(index - 1) === Kind.Prefix && tokens.is(index - 1, 'typeof') && !goesOn(tokens.kind(index + 1));

/** Whether a token makes more of the operand before it. */
const goesOn = (kind: number): boolean =>
  kind === Kind.Dot ||
  kind === Kind.Optional ||
  kind === Kind.BracketOpen ||
  kind === Kind.ParenOpen ||
  kind === Kind.Template ||
  kind === Kind.TemplateHead;
