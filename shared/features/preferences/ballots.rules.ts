/*
 * The two files of a review outside the app: the review file (one encrypted page) and the ballot that comes back. Read by
 * the core and by the page itself, so nothing here needs a package, Node or a browser.
 */

export const reviewFormat = 'lapidary-review';
export const ballotFormat = 'lapidary-ballot';
export const formatVersion = 1;

/** Rounds of PBKDF2-SHA-256 between a passphrase and the keys (OWASP Password Storage Cheat Sheet: at least 600,000). */
export const passphraseRounds = 600_000;
/** Fewest characters of a passphrase. */
export const minPassphrase = 12;
/** Most pairs in one file: what one person may judge, and what a page opens at once. */
export const maxReviewPairs = 5000;
/** Largest ballot that is read; 5,000 verdicts with full notes stay below. */
export const maxBallotBytes = 32 * 1024 * 1024;
/** Most ballots merged at once. */
export const maxBallots = 200;

/** What the keys are for; one passphrase gives a key of its own to each (HKDF-SHA-256 `info`). */
export const keyUses = {
  data: 'lapidary review data',
  ballot: 'lapidary review ballot',
  progress: 'lapidary review progress',
} as const;
export type KeyUse = keyof typeof keyUses;

/** A passphrase as it enters the derivation: the same for every keyboard, without the spaces around it. */
export const passphraseText = (typed: string): string => typed.normalize('NFKC').trim();

/** The head of a review file, in clear: what is needed to try a passphrase. Bytes are base64url. */
export type ReviewHead = {
  readonly format: typeof reviewFormat;
  readonly version: typeof formatVersion;
  readonly reviewFile: string;
  readonly salt: string;
  readonly iterations: number;
  readonly iv: string;
};

/** What is bound to the sealed pairs. */
export const reviewBinding = ({ format, version, reviewFile }: ReviewHead): string =>
  JSON.stringify([format, version, reviewFile]);

/** A message of a conversation, as text only. */
export type ReviewText = { readonly role: string; readonly text: string };
/** A pair as the page shows it: no ids, no sources. `b` is null in a set of ratings. */
export type ReviewPair = {
  readonly prompt: readonly ReviewText[];
  readonly a: string;
  readonly b: string | null;
};
/** What the sealed part of a review file holds, gzipped. `nonce` makes the hash of the whole tell nothing of the texts. */
export type ReviewData = {
  readonly kind: 'pairs' | 'ratings';
  readonly title: string;
  /** Null when whoever opens it gives a name. */
  readonly reviewer: string | null;
  readonly reasons: readonly { readonly code: string; readonly label: string }[];
  readonly nonce: string;
  readonly pairs: readonly ReviewPair[];
};

export type BallotChoice = 'a' | 'b' | 'both_good' | 'both_bad' | 'tie';
/** A verdict in a ballot; `pair` is the place in the review file, from 1. */
export type BallotVerdict = {
  readonly pair: number;
  readonly choice: BallotChoice | null;
  readonly rating: number | null;
  readonly strength: number | null;
  readonly reasons: readonly string[];
  readonly note: string;
  readonly elapsedMs: number;
  /** Unix ms by the clock of the page. */
  readonly decidedAt: number;
};
/** The sealed part of a ballot: all that the reviewer said up to then. */
export type BallotBody = {
  readonly reviewer: string;
  readonly savedAt: number;
  readonly verdicts: readonly BallotVerdict[];
  readonly skipped: readonly number[];
  readonly flagged: readonly number[];
};

/** A ballot file. Bytes are base64url; `publicKey` is an uncompressed point of P-256, `signature` r and s, s being low. */
export type Ballot = {
  readonly format: typeof ballotFormat;
  readonly version: typeof formatVersion;
  readonly reviewFile: string;
  readonly setSha256: string;
  readonly sequence: number;
  readonly publicKey: string;
  readonly iv: string;
  readonly sealed: string;
  readonly signature: string;
};

type UnsealedBallot = Omit<Ballot, 'sealed' | 'signature' | 'iv'>;

/** What is bound to the sealed part of a ballot; nobody can sign another's verdicts with a key of their own. */
export const ballotBinding = (ballot: UnsealedBallot): string =>
  JSON.stringify([
    ballot.format,
    ballot.version,
    ballot.reviewFile,
    ballot.setSha256,
    ballot.sequence,
    ballot.publicKey,
  ]);

/** The bytes that a ballot's signature is over, as text. */
export function signedText(ballot: Omit<Ballot, 'signature'>): string {
  const { format, version, reviewFile, setSha256, sequence, publicKey, iv, sealed } = ballot;
  return JSON.stringify({ format, version, reviewFile, setSha256, sequence, publicKey, iv, sealed });
}

/** A ballot as a file: exactly this text, so that no byte can be changed without being noticed. */
export const ballotText = (ballot: Ballot): string =>
  `${signedText(ballot).slice(0, -1)},"signature":${JSON.stringify(ballot.signature)}}\n`;

/** Order of the group of P-256 (FIPS 186-5, SP 800-186 3.2.1.3). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const signatureBytes = 64;

function readNumber(bytes: Uint8Array): bigint {
  let number = 0n;
  for (const byte of bytes) number = (number << 8n) | BigInt(byte);
  return number;
}

/** Of the two signatures that fit (s and order − s) only the low one is taken, so that each ballot has one file. */
export const isLowSignature = (signature: Uint8Array): boolean =>
  signature.length === signatureBytes && readNumber(signature.subarray(32)) <= order / 2n;

/** The same signature with the low s. */
export function lowSignature(signature: Uint8Array): Uint8Array {
  if (isLowSignature(signature)) return signature;
  const low = Uint8Array.from(signature);
  let rest = order - readNumber(signature.subarray(32));
  for (let at = signatureBytes - 1; at >= 32; at -= 1) {
    low[at] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return low;
}
