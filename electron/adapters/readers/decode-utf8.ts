import { isUtf8 } from 'node:buffer';

/** Decodes UTF-8, or null when a byte does not fit. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  return isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8') : null;
}
