import { createHash, hash } from 'node:crypto';

/** Text, or its UTF-8 bytes → base64url of the SHA-256 of these bytes. */
export const sha256 = (text: string | Uint8Array): string => hash('sha256', text, 'base64url');

/** Bytes that are hashed at a time where others shall not have to wait for more. */
const PART = 1 << 18;

/** The same of bytes that may be many, in parts. */
export async function sha256InParts(bytes: Uint8Array): Promise<string> {
  if (bytes.length <= PART) return sha256(bytes);
  const whole = createHash('sha256');
  for (let at = 0; at < bytes.length; at += PART) {
    await new Promise(setImmediate);
    whole.update(bytes.subarray(at, at + PART));
  }
  return whole.digest('base64url');
}
