/** The base64url SHA-256 of a text (FIPS 180-4), for who cannot wait for the browser's; nothing for what has no UTF-8. */
function hashNow(text: string): string | undefined {
  var bytes: string;
  try {
    bytes = unescape(encodeURIComponent(text));
  } catch (error) {
    return undefined;
  }
  var state = roots(8, 1 / 2);
  var constants = roots(64, 1 / 3);
  var bits = bytes.length * 8;
  bytes += '\x80';
  while (bytes.length % 64 !== 56) bytes += '\0';
  bytes += wordText(Math.floor(bits / 0x100000000)) + wordText(bits);
  var at = 0;
  for (; at < bytes.length; at += 64) addBlock(state, constants, bytes, at);
  return btoa(state.map(wordText).join('')).replace(/\+/g, '-').replace(/\//g, '_').replace('=', '');
}

/** The first bits behind the point of roots of the first primes. */
function roots(count: number, power: number): number[] {
  var found: number[] = [];
  var candidate = 1;
  var divisor: number;
  while (found.length < count) {
    candidate++;
    divisor = 2;
    while (candidate % divisor) divisor++;
    if (divisor === candidate) found.push((candidate ** power * 0x100000000) | 0);
  }
  return found;
}

function wordText(word: number): string {
  return String.fromCharCode((word >>> 24) & 255, (word >>> 16) & 255, (word >>> 8) & 255, word & 255);
}

function turn(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

/** Adds 64 bytes to the state. */
function addBlock(state: number[], constants: number[], bytes: string, at: number): void {
  var words: number[] = [];
  var a = state[0]!;
  var b = state[1]!;
  var c = state[2]!;
  var d = state[3]!;
  var e = state[4]!;
  var f = state[5]!;
  var g = state[6]!;
  var h = state[7]!;
  var round = -1;
  var mixed: number;
  var first: number;
  var second: number;
  while (++round < 64) {
    words[round] = round < 16 ? wordAt(bytes, at + round * 4) : nextWord(words, round);
    mixed = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    first = (h + mixed + ((e & f) ^ (~e & g)) + constants[round]! + words[round]!) | 0;
    mixed = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    second = mixed + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach(function (word, index) {
    state[index] = (state[index]! + word) | 0;
  });
}

function wordAt(bytes: string, at: number): number {
  return (
    (bytes.charCodeAt(at) << 24) |
    (bytes.charCodeAt(at + 1) << 16) |
    (bytes.charCodeAt(at + 2) << 8) |
    bytes.charCodeAt(at + 3)
  );
}

function nextWord(words: number[], round: number): number {
  var early = words[round - 15]!;
  var late = words[round - 2]!;
  var mixed =
    (turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)) + (turn(late, 17) ^ turn(late, 19) ^ (late >>> 10));
  return (words[round - 16]! + words[round - 7]! + mixed) | 0;
}
