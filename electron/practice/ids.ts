import { createHash, randomBytes } from 'node:crypto';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function spell(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => letters[byte % letters.length]).join('');
}

/** A fresh id as the API writes them, e.g. `ftjob-4Jv…` with 24 letters and digits. */
export function newId(prefix: string): string {
  return prefix + spell(randomBytes(24));
}

/** The id of a thing that may be made twice (a step after a crash): the same name gives the same id. */
export function derivedId(prefix: string, ...name: readonly (string | number)[]): string {
  return prefix + spell(createHash('sha256').update(name.join('|')).digest().subarray(0, 24));
}
