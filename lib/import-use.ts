/** What both readers say of one use of an imported name. */
import type { ImportUse } from './facts';

/** A name after a dot, where nothing but white space is between. */
const MEMBER = /\s*\??\.\s*([A-Za-z_$][\w$]*)(?![\w$\\\u0080-\uffff])/y;

export function useOf(
  start: number,
  end: number,
  entry: number,
  form: ImportUse['form'],
  source: string,
): ImportUse {
  const use: ImportUse = { start, end, entry, form };
  MEMBER.lastIndex = end;
  const member = MEMBER.exec(source)?.[1];
  if (member !== undefined) use.member = member;
  return use;
}
