/** Uses of imported names among tokens. Gives up where one is written to, or a member of a namespace may be. */
import type { ImportEntry, ImportUse } from '../../facts';
import { useOf } from '../../import-use';
import { targetBinding } from '../tokens/bindings';
import { endsHead } from '../tokens/brackets';
import { giveUp } from '../tokens/give-up';
import { Context, endsOperand, isEvaluatedBefore, Kind } from '../tokens/kinds';
import { placeOf } from '../tokens/places';
import { Shadows } from '../tokens/shadows';
import type { Tokens } from '../tokens/tokens';
import { hashOf } from '../tokens/words';

const SIZE = 4096;

/** Finds imports among names, most of which are none: their hashes tell. */
export class ImportedNames {
  readonly #entries = new Map<string, number>();
  readonly #hashes = new Uint8Array(SIZE);
  readonly #uses: ImportUse[] = [];
  /** The token of each. */
  readonly #indices: number[] = [];
  readonly #shadows = new Shadows();

  constructor(private readonly imports: readonly ImportEntry[]) {
    imports.forEach(({ local }, index) => {
      if (this.#entries.has(local)) giveUp('imported twice');
      this.#entries.set(local, index);
      this.#hashes[hashOf(local) & (SIZE - 1)] = 1;
    });
  }

  /** Notes what the token is, which is a name: perhaps a use. May give up. */
  note(index: number, tokens: Tokens): void {
    if (this.#hashes[tokens.hash(index) & (SIZE - 1)] === 0) return;
    const name = tokens.text(index);
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    const place = placeOf(tokens, index);
    if (place === 'key') return;
    if (place !== 'value' && place !== 'shorthand') {
      if (typeof place === 'object' && place.first === 0) giveUp('imported and declared');
      this.#shadows.add(name, index, place);
      return;
    }
    if (this.imports[entry]?.name === undefined) assertUnwrittenMember(index, tokens);
    this.#uses.push(useAt(index, tokens, entry, place));
    this.#indices.push(index);
  }

  /** The uses, and the token of each, now that all declarations are known. May give up. */
  settle(): { uses: ImportUse[]; used: number[] } {
    this.#shadows.assertUnwritten();
    const uses: ImportUse[] = [];
    const used: number[] = [];
    this.#uses.forEach((use, number) => {
      const { local } = this.imports[use.entry] as ImportEntry;
      const index = this.#indices[number] as number;
      if (this.#shadows.covers(local, index)) return;
      uses.push(use);
      used.push(index);
    });
    return { uses, used };
  }
}

/** Gives up where a member of the name may be written to or deleted. */
function assertUnwrittenMember(index: number, tokens: Tokens): void {
  const end = memberEnd(index, tokens);
  if (end === undefined) return;
  const before = tokens.kind(index - 1);
  const isDeleted = before === Kind.Prefix && tokens.is(index - 1, 'delete');
  const isAlone = tokens.kind(end) === Kind.ParenClose && tokens.enclosingContext(index) === Context.Group;
  if (isDeleted || isAlone || targetBinding(tokens, index, end)) giveUp('member of a namespace');
}

/** The token behind the member that follows a name, if it may be the target of something. */
function memberEnd(index: number, tokens: Tokens): number | undefined {
  const after = tokens.kind(index + 1);
  if (after !== Kind.Dot && after !== Kind.BracketOpen && after !== Kind.Optional) return undefined;
  const open = after === Kind.Dot ? 0 : after === Kind.Optional ? index + 2 : index + 1;
  const isBracket = tokens.kind(open) === Kind.BracketOpen;
  const end = isBracket ? tokens.match(open) + 1 : index + 3;
  return isEvaluatedBefore(tokens.kind(end)) ? undefined : end;
}

function useAt(index: number, tokens: Tokens, entry: number, place: 'value' | 'shorthand'): ImportUse {
  const form = place === 'shorthand' ? place : formOf(index, tokens);
  const use = useOf(tokens.start(index), tokens.end(index), entry, form, tokens.source);
  if (form !== 'shorthand' && isTemplate(tokens.kind(index + 1))) use.isTag = true;
  return use;
}

const isTemplate = (kind: number): boolean => kind === Kind.Template || kind === Kind.TemplateHead;

function formOf(index: number, tokens: Tokens): ImportUse['form'] {
  const after = tokens.kind(index + 1);
  const isTag = isTemplate(after);
  const isCall =
    after === Kind.ParenOpen || (after === Kind.Optional && tokens.kind(index + 2) === Kind.ParenOpen);
  if (!isCall && !isTag) return 'value';
  if (tokens.kind(index - 1) === Kind.New) return isTag ? giveUp('new with a tag') : 'value';
  const behind = after === Kind.ParenOpen ? tokens.kind(tokens.match(index + 1) + 1) : Kind.Edge;
  if (behind === Kind.Arrow) giveUp('arrow function');
  return beginsStatement(index, tokens) ? 'statement' : 'call';
}

/** Whether a statement of a list begins with the token, which is the name of a value. */
export function beginsStatement(index: number, tokens: Tokens): boolean {
  if (tokens.enclosingContext(index) !== Context.Code) return false;
  const before = tokens.kind(index - 1);
  switch (before) {
    case Kind.Edge:
    case Kind.Semicolon:
    case Kind.BraceOpen:
    case Kind.BraceClose:
      return true;
    case Kind.Colon:
      return isCaseColon(tokens.context(index - 1));
    case Kind.ParenClose:
      if (endsHead(tokens, index - 1)) return endsLoop(index - 1, tokens);
      return tokens.isOnNewLine(index) || giveUp('behind a parenthesis');
    case Kind.Return:
    case Kind.Yield:
      return tokens.isOnNewLine(index) ? giveUp('on the line after return') : false;
    default:
      return endsOperand(before);
  }
}

function isCaseColon(context: number): boolean {
  if (context === Context.Label) giveUp('call behind a label');
  return context === Context.Case;
}

/** `while (…)` may begin a loop or end one. */
function endsLoop(close: number, tokens: Tokens): boolean {
  return tokens.context(tokens.match(close)) === Context.While ? giveUp('behind while') : false;
}
