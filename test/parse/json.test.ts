import { expect } from 'chai';
import { DynapackError } from '../../lib/errors';
import { jsonErrorOffset } from '../../lib/parse/json';
import { jsonModule } from '../../lib/parse/source';

function errorOf(text: string): DynapackError {
  try {
    jsonModule(text, '/a.json');
  } catch (error) {
    expect(error).to.be.instanceOf(DynapackError);
    return error as DynapackError;
  }
  throw new Error(`accepted: ${text}`);
}

const long = `{\n${Array.from({ length: 100 }, (_, index) => `  "key${index}": [${index}, true],\n`).join('')}`;

describe('broken JSON', () => {
  const table: [name: string, text: string, line: number, column: number][] = [
    ['a value missing', '{ "a": }', 1, 8],
    ['an empty file', '', 1, 1],
    ['white space alone', '\n  \n', 3, 1],
    ['a trailing comma in an object', '{\n  "a": 1,\n}', 3, 1],
    ['a trailing comma in an array', '[1, 2, ]', 1, 8],
    ['two commas', '[1,, 2]', 1, 4],
    ['a missing comma', '{\n  "a": 1\n  "b": 2\n}', 3, 3],
    ['single quotes', "{ 'a': 1 }", 1, 3],
    ['no quotes', '{ a: 1 }', 1, 3],
    ['an unterminated string', '{\n  "a": "b\n}', 2, 10],
    ['an unterminated string at the end', '["abc', 1, 6],
    ['a bad escape', '["a\\x"]', 1, 4],
    ['a bad unicode escape', '["\\u12g4"]', 1, 3],
    ['a tab in a string', '["a\tb"]', 1, 4],
    ['a line comment', '{\n  // why\n  "a": 1\n}', 2, 3],
    ['a block comment', '/* why */ {}', 1, 1],
    ['an unclosed object', '{ "a": [1, 2]', 1, 14],
    ['a wrong bracket', '{ "a": [1, 2}', 1, 13],
    ['a bracket too many', '[1]]', 1, 4],
    ['a second value', '{}\n{}', 2, 1],
    ['a leading zero', '[01]', 1, 3],
    ['undefined', '[undefined]', 1, 2],
    ['a word cut off', '[tru]', 1, 2],
    ['no colon', '{"a" 1}', 1, 6],
    ['a key that is a number', '{1: 2}', 1, 2],
    ['a colon in an array', '[1: 2]', 1, 3],
    ['CRLF', '{\r\n  "a": 1,\r\n}', 3, 1],
    ['a byte order mark', '\uFEFF{ "a": }', 1, 8],
    ['a value missing in a long text', `${long}  "z":\n}`, 103, 1],
    ['a trailing comma in a long text', `${long}}`, 102, 1],
    ['the end missing in a long text', `${long}  "z": 1`, 102, 9],
  ];
  for (const [name, text, line, column] of table) {
    it(name, () => {
      const error = errorOf(text);
      expect([error.code, error.fileName]).to.deep.equal(['INVALID_JSON', '/a.json']);
      expect([error.lineNumber, error.columnNumber]).to.deep.equal([line, column]);
      expect(error.frame).to.include('^');
    });
  }

  it('nested deeply, and of megabytes', () => {
    expect(jsonErrorOffset('['.repeat(200_000))).to.equal(200_000);
    expect(jsonErrorOffset(`["${'a'.repeat(5_000_000)}`)).to.equal(5_000_002);
    expect(jsonErrorOffset(`["${'\\n'.repeat(1_000_000)}`)).to.equal(2_000_002);
  });

  it('is found where there is some, and nowhere else', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '\\',
      '0',
      '-',
      '1e',
      '5',
      '.',
      'null',
      't',
      ' ',
    ];
    let seed = 1;
    const random = (below: number) => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    const isJson = (text: string) => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    for (let round = 0; round < 20_000; round++) {
      const text = Array.from({ length: 1 + random(8) }, () => pieces[random(pieces.length)]).join('');
      const offset = jsonErrorOffset(text);
      if (isJson(text)) expect(offset, text).to.equal(text.length);
      else if (offset === text.length) expect(isJson(`${text} `), text).to.equal(false);
      // What follows the place cannot mend it.
      else expect(isJson(text.slice(0, offset + 1)), text).to.equal(false);
    }
  });
});
