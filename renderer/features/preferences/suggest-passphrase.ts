/** Digits and letters that nobody mistakes for another when reading them aloud. */
const alphabet = '23456789abcdefghijkmnpqrstuvwxyz';
const groups = 5;
const groupLength = 4;

/** A passphrase of 100 random bits: `k7mp-29xe-h4wd-tq3n-c8zr`. */
export function suggestPassphrase(): string {
  const draws = crypto.getRandomValues(new Uint8Array(groups * groupLength));
  const letters = Array.from(draws, (draw) => alphabet[draw % alphabet.length] ?? '');
  return Array.from({ length: groups }, (_, at) =>
    letters.slice(at * groupLength, (at + 1) * groupLength).join(''),
  ).join('-');
}
