/** Which delivery is chosen, and compression with dictionaries where a Node can do it. */
import { brotliCompressSync } from 'node:zlib';
import { expect } from 'chai';
import { sha256 } from '../../lib/hash';
import { DictionaryCompression, detectEncodings } from '../../lib/server/dictionary';
import { type Delivery, negotiate, type Situation } from '../../lib/server/negotiate';

const small = { patch: 70, full: 100 };
const large = { patch: 71, full: 100 };

describe('negotiation', () => {
  const table: [Situation, Delivery][] = [
    [{ for: 'page', held: 'a', wanted: 'a' }, 'reference'],
    [{ for: 'page', held: 'a', wanted: 'b', sizes: small }, 'patch'],
    [{ for: 'page', held: 'a', wanted: 'b', sizes: small, isLong: true }, 'patch'],
    [{ for: 'page', held: 'a', wanted: 'b', sizes: large }, 'full'],
    [{ for: 'page', held: 'a', wanted: 'b' }, 'full'],
    [{ for: 'page', held: 'a', wanted: 'b', sizes: large, isLong: true }, 'reference'],
    [{ for: 'page', wanted: 'b' }, 'full'],
    [{ for: 'page', wanted: 'b', isLong: true }, 'reference'],
    [{ for: 'page', wanted: 'b', isForgetful: true }, 'reference'],
    [{ for: 'data', held: 'a', wanted: 'b', sizes: small }, 'patch'],
    [{ for: 'data', held: 'a', wanted: 'b', sizes: large }, 'full'],
    [{ for: 'data', held: 'a', wanted: 'a', sizes: small }, 'patch'],
    [{ for: 'data', wanted: 'b' }, 'full'],
    [{ for: 'data', wanted: 'b', isLong: true }, 'reference'],
    [{ for: 'data', held: 'a', wanted: 'b', sizes: small, isLong: true }, 'patch'],
    [{ for: 'page', held: 'a', wanted: 'b', sizes: small, isForgetful: true }, 'patch'],
    [{ for: 'resource', wanted: 'b' }, 'full'],
    [{ for: 'resource', held: 'a', wanted: 'b', sizes: small }, 'full'],
    [{ for: 'resource', held: 'a', wanted: 'b', encoding: 'dcb' }, 'dictionary'],
  ];
  for (const [situation, delivery] of table) {
    it(`${JSON.stringify(situation)} → ${delivery}`, () => {
      expect(negotiate(situation)).to.equal(delivery);
    });
  }
});

describe('dictionaries', () => {
  it('are found to work, or not, by what comes of them', async () => {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    const works = major > 25 || (major === 25 && minor >= 7) || (major === 24 && minor >= 15);
    expect((await detectEncodings()).has('dcb')).to.equal(works);
  });

  it('are used once for all who ask', async () => {
    let times = 0;
    const compression = new DictionaryCompression(async () => {
      const compress = async (text: Buffer) => {
        times++;
        return brotliCompressSync(text);
      };
      return new Map([['dcb', compress]]) as never;
    });
    expect(await compression.choose('gzip, br')).to.equal(undefined);
    for (const accepted of ['gzip, dcz, dcb;q=1', 'dcb;q=0.001', 'DCB', 'br;q=0,dcb ; q=1.0'])
      expect(await compression.choose(accepted), accepted).to.equal('dcb');
    for (const refused of ['dcb;q=0', 'br, dcb; q=0.000', 'dcb ;Q=0, gzip', 'xdcb', 'dcb2'])
      expect(await compression.choose(refused), refused).to.equal(undefined);
    const version = sha256('old');
    const bodies = await Promise.all(
      [1, 2].map(() => compression.compress('dcb', 'new', 'old', version, sha256('new'))),
    );
    expect(times).to.equal(1);
    const [body] = bodies as [Buffer];
    expect(body.toString('latin1', 0, 4)).to.equal('\xffDCB');
    expect(body.subarray(4, 36).toString('base64url')).to.equal(version);
    expect(body.subarray(36)).to.deep.equal(brotliCompressSync('new'));
  });
});
