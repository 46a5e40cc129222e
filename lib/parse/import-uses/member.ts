/** The property of a namespace that a use asks for. */

/** A name after a dot, where nothing but white space is between. */
const MEMBER = /\s*\??\.\s*([A-Za-z_$][\w$]*)(?![\w$\\\u0080-\uffff])/y;

/** The name behind a dot that follows the offset. */
export function memberAfter(source: string, end: number): string | undefined {
  MEMBER.lastIndex = end;
  return MEMBER.exec(source)?.[1];
}
