import { type Cipheriv, createCipheriv, createDecipheriv, type Decipheriv, randomBytes } from 'node:crypto';

/*
 * Files that the program writes for itself and reads again in the same run hold what a workspace keeps encrypted. They
 * are written in AES-256-CTR under a key that only the memory knows, so nothing readable is left when the program dies.
 */

const algorithm = 'aes-256-ctr';
const blockBytes = 16;

/** A key for one file, in hex. Each file has its own, so that its counter may begin at 0. */
export function newSpoolKey(): string {
  return randomBytes(32).toString('hex');
}

/** Encrypts a file from its beginning, piece by piece. */
export function sealSpool(key: string): Cipheriv {
  return createCipheriv(algorithm, Buffer.from(key, 'hex'), Buffer.alloc(blockBytes));
}

/** Decrypts a file from an offset on, piece by piece. */
export function openSpool(key: string, offset = 0): Decipheriv {
  const counter = Buffer.alloc(blockBytes);
  counter.writeBigUInt64BE(BigInt(Math.floor(offset / blockBytes)), blockBytes - 8);
  const decipher = createDecipheriv(algorithm, Buffer.from(key, 'hex'), counter);
  decipher.update(Buffer.alloc(offset % blockBytes));
  return decipher;
}
