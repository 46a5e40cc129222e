/** Names that a source writes with escapes, `\u0061`. */
const ESCAPE = /\\u(?:\{([\da-f]+)\}|([\da-f]{4}))/gi;

/** The text with what they stand for. */
export const decoded = (text: string): string =>
  text.replace(ESCAPE, (_, long, short) => {
    const code = Number.parseInt(long ?? short, 16);
    // What is no character stands in no name.
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
