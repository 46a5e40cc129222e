import { hash } from 'node:crypto';

/** Text, or its UTF-8 bytes → base64url of the SHA-256 of these bytes. */
export const sha256 = (text: string | Uint8Array): string => hash('sha256', text, 'base64url');
