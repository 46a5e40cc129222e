import { createHash } from 'node:crypto';

/** Text → base64url of the SHA-256 of its UTF-8 bytes. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');
