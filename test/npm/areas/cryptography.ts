import { type Use, use } from '../use';

/** Hashes, signatures, ciphers and the alphabets they are written in. */
export const cryptography: Use[] = [
  use('crypto-js', 'require')`
    const CryptoJS = require('crypto-js');
    const key = CryptoJS.enc.Hex.parse('000102030405060708090a0b0c0d0e0f');
    const sealed = CryptoJS.AES.encrypt('secret', key, { iv: key });
    module.exports = [CryptoJS.SHA3('a').toString(), sealed.toString(), CryptoJS.AES.decrypt(sealed, key, { iv: key }).toString(CryptoJS.enc.Utf8)];
  `,
  use('crypto-js', 'import')`
    import Base64 from 'crypto-js/enc-base64.js';
    import hmac from 'crypto-js/hmac-sha256.js';
    import md5 from 'crypto-js/md5.js';
    export default [Base64.stringify(hmac('text', 'key')), md5('text').toString()];
  `,
  use('tweetnacl', 'require')`
    const nacl = require('tweetnacl');
    const { publicKey, secretKey } = nacl.sign.keyPair.fromSeed(new Uint8Array(32).fill(7));
    const signature = nacl.sign.detached(new Uint8Array([1, 2, 3]), secretKey);
    module.exports = [[...publicKey], nacl.sign.detached.verify(new Uint8Array([1, 2, 3]), signature, publicKey), nacl.randomBytes(8).length];
  `,
  use('@noble/hashes', 'import')`
    import { blake3 } from '@noble/hashes/blake3.js';
    import { hmac } from '@noble/hashes/hmac.js';
    import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
    import { sha256 } from '@noble/hashes/sha2.js';
    import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
    const [text, salt] = [utf8ToBytes('text'), utf8ToBytes('salt')];
    export default [sha256(text), blake3(text), hmac(sha256, salt, text), pbkdf2(sha256, text, salt, { c: 3, dkLen: 16 })].map(bytesToHex);
  `,
  use('@noble/hashes', 'require')`
    const { sha512 } = require('@noble/hashes/sha2.js');
    const { bytesToHex } = require('@noble/hashes/utils.js');
    module.exports = bytesToHex(sha512(new Uint8Array(3)));
  `,
  use('@noble/curves', 'import')`
    import { ed25519 } from '@noble/curves/ed25519.js';
    import { secp256k1 } from '@noble/curves/secp256k1.js';
    import { bytesToHex } from '@noble/hashes/utils.js';
    const [key, message] = [new Uint8Array(32).fill(9), new Uint8Array(32).fill(1)];
    export default [ed25519.sign(message, key), secp256k1.getPublicKey(key), secp256k1.sign(message, key)].map(bytesToHex);
  `,
  use('@noble/curves', 'import()')`
    export default import('@noble/curves/nist.js').then(({ p256 }) => p256.getPublicKey(new Uint8Array(32).fill(3)).join());
  `,
  use('elliptic', 'require')`
    const { ec: Curve } = require('elliptic');
    const key = new Curve('secp256k1').keyFromPrivate('1234567890abcdef', 'hex');
    const signature = key.sign('abcdef', { canonical: true });
    module.exports = [key.getPublic('hex'), signature.toDER('hex'), key.verify('abcdef', signature)];
  `,
  use('jose', 'import')`
    import { base64url, jwtVerify, SignJWT } from 'jose';
    const secret = new TextEncoder().encode('0123456789abcdef0123456789abcdef');
    const token = new SignJWT({ role: 'admin' }).setProtectedHeader({ alg: 'HS256' }).setIssuedAt(1e9).sign(secret);
    export default token.then(async (text) => [text, (await jwtVerify(text, secret)).payload, base64url.encode('a?>')]);
  `,
  use('bcryptjs', 'import')`
    import bcrypt, { compareSync } from 'bcryptjs';
    const hash = bcrypt.hashSync('secret', '$2b$04$abcdefghijklmnopqrstuu');
    export default [hash, compareSync('secret', hash), bcrypt.getRounds(hash)];
  `,
  use('bcryptjs', 'require')`
    const bcrypt = require('bcryptjs');
    module.exports = bcrypt.hash('other', '$2a$04$abcdefghijklmnopqrstuu');
  `,
  use('hash.js', 'require')`
    const hash = require('hash.js');
    module.exports = [hash.sha256().update('abc').digest('hex'), hash.ripemd160().update('abc').digest('hex'), hash.hmac(hash.sha1, 'key').update('x').digest('hex')];
  `,
  use('sha.js', 'require')`
    const sha = require('sha.js');
    module.exports = ['sha1', 'sha256', 'sha512'].map((name) => sha(name).update('text', 'utf8').digest('base64'));
  `,
  use('js-sha256', 'require')`
    const { sha224, sha256 } = require('js-sha256');
    module.exports = [sha256('text'), sha224('text'), sha256.hmac('key', 'text')];
  `,
  use('@scure/base', 'import')`
    import { base32, base64urlnopad, bech32, hex } from '@scure/base';
    const bytes = Uint8Array.from([1, 2, 3, 250]);
    export default [base32.encode(bytes), base64urlnopad.encode(bytes), bech32.encode('bc', bech32.toWords(bytes)), hex.encode(bytes)];
  `,
  use('bs58', 'both')`
    const bs58 = require('bs58');
    module.exports = import('bs58').then(({ default: base58 }) => [
      (bs58.default ?? bs58).encode(Uint8Array.from([0, 255, 1])),
      [...base58.decode('StV1DL6CwTryKyV')],
    ]);
  `,
  use('crypto', 'require')`
    const crypto = require('crypto');
    const cipher = crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16, 1), Buffer.alloc(16, 2));
    module.exports = [
      crypto.createHash('sha256').update('text').digest('hex'),
      crypto.createHmac('sha1', 'key').update('text').digest('base64'),
      crypto.pbkdf2Sync('pass', 'salt', 10, 24, 'sha512').toString('hex'),
      cipher.update('secret', 'utf8', 'hex') + cipher.final('hex'),
      crypto.randomBytes(5).length,
    ];
  `,
];
