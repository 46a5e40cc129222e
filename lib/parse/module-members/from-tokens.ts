/** Tokens tell of no members of `module`: they give up. */
import { giveUp } from '../tokens/give-up';
import { Kind } from '../tokens/kinds';
import type { Tokens } from '../tokens/tokens';
import { isModuleMember } from './members';

/** Gives up where `module`, the token, is asked for such a member, or for a `require`. */
export function assertPlainModule(index: number, tokens: Tokens): void {
  const after = tokens.kind(index + 1);
  const member = after === Kind.Dot ? tokens.text(index + 2) : undefined;
  const isTaken = tokens.kind(index - 1) === Kind.Assign && tokens.kind(index - 2) === Kind.BraceClose;
  const isHidden = after === Kind.BracketOpen || after === Kind.Optional || isTaken;
  if (isHidden || member === 'require' || isModuleMember(member)) giveUp('member of module');
}
