import { createCipheriv, createDecipheriv, hkdfSync, pbkdf2Sync, randomBytes } from 'node:crypto';
import { type KeyUse, keyUses, passphraseText } from '../../../shared/features/preferences/ballots.rules.ts';

const ivBytes = 12;
const tagBytes = 16;

/** The keys of one review file. */
export type ReviewKeys = {
  /** AES-256-GCM; answers the text sealed with its tag behind it, and the fresh IV. `binding` must be given again to open. */
  seal(use: KeyUse, plain: Uint8Array, binding: string): { iv: Buffer; sealed: Buffer };
  /** Null when the key, the IV, the binding or a byte is another one. */
  open(use: KeyUse, box: { iv: Uint8Array; sealed: Uint8Array }, binding: string): Buffer | null;
};

/**
 * Works out the keys from a passphrase, like the page does: PBKDF2-SHA-256, then HKDF-SHA-256 for each use. Takes about a
 * quarter of a second on purpose: call it in a worker.
 */
export function deriveReviewKeys(
  passphrase: string,
  { salt, iterations }: { salt: Uint8Array; iterations: number },
): ReviewKeys {
  const root = pbkdf2Sync(passphraseText(passphrase), salt, iterations, 32, 'sha256');
  const key = (use: KeyUse): Buffer =>
    Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), keyUses[use], 32));
  return {
    seal(use, plain, binding) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key(use), iv).setAAD(Buffer.from(binding));
      return { iv, sealed: Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]) };
    },
    open(use, { iv, sealed }, binding) {
      if (iv.length !== ivBytes || sealed.length < tagBytes) return null;
      const end = sealed.length - tagBytes;
      const decipher = createDecipheriv('aes-256-gcm', key(use), iv).setAAD(Buffer.from(binding));
      decipher.setAuthTag(sealed.subarray(end));
      try {
        return Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()]);
      } catch {
        return null;
      }
    },
  };
}
