/** Letter → its signal. */
export const SIGNALS = {
  A: '·−',
  B: '−···',
  C: '−·−·',
  D: '−··',
  E: '·',
  F: '··−·',
  G: '−−·',
  H: '····',
  I: '··',
  J: '·−−−',
  K: '−·−',
  L: '·−··',
  M: '−−',
  N: '−·',
  O: '−−−',
  P: '·−−·',
  Q: '−−·−',
  R: '·−·',
  S: '···',
  T: '−',
  U: '··−',
  V: '···−',
  W: '·−−',
  X: '−··−',
  Y: '−·−−',
  Z: '−−··',
};

/** The signals of a text, a slash between words. */
export const toMorse = (text) =>
  text
    .toUpperCase()
    .split(/\s+/)
    .map((word) => [...word].map((letter) => SIGNALS[letter] ?? '').join(' '))
    .join(' / ');
