import {
  type Ballot,
  ballotBinding,
  type BallotBody,
  ballotFormat,
  ballotText,
  formatVersion,
  lowSignature,
  signedText,
} from '../../shared/features/preferences/ballots.rules.ts';
import { fromBase64Url, type PageKeys, toBase64Url, utf8 } from './cryptography.ts';
import type { Keeper } from './keeper.ts';

/** Signs with a key that was made in this page and cannot be taken out of the browser. */
export type Signer = { readonly publicKey: string; sign(text: string): Promise<Uint8Array> };

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;

function isKeyPair(value: unknown): value is CryptoKeyPair {
  return typeof value === 'object' && value !== null && 'privateKey' in value && 'publicKey' in value;
}

/** The key of this page for a review file: the one it made before, else a new one. */
export async function openSigner(keeper: Keeper, reviewFile: string): Promise<Signer> {
  const name = `${reviewFile} key`;
  const kept = await keeper.get(name);
  const pair = isKeyPair(kept) ? kept : await crypto.subtle.generateKey(curve, false, ['sign', 'verify']);
  if (pair !== kept) await keeper.put(name, pair);
  const publicKey = toBase64Url(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
  return {
    publicKey,
    sign: async (text) =>
      lowSignature(
        new Uint8Array(
          await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, utf8(text)),
        ),
      ),
  };
}

export type BallotParts = {
  readonly reviewFile: string;
  readonly setSha256: string;
  readonly sequence: number;
  readonly body: BallotBody;
};

/** A ballot as the text of a file: sealed with the passphrase's key, then signed. */
export async function writeBallot(
  { reviewFile, setSha256, sequence, body }: BallotParts,
  { keys, signer }: { keys: PageKeys; signer: Signer },
): Promise<string> {
  const { publicKey } = signer;
  const open = {
    format: ballotFormat,
    version: formatVersion,
    reviewFile,
    setSha256,
    sequence,
    publicKey,
  } as const;
  const { iv, sealed } = await keys.seal('ballot', utf8(JSON.stringify(body)), ballotBinding(open));
  const unsigned = { ...open, iv: toBase64Url(iv), sealed: toBase64Url(sealed) };
  const signature = toBase64Url(await signer.sign(signedText(unsigned)));
  return ballotText({ ...unsigned, signature });
}

/** Reads a ballot that was saved from this review file before; null for any other file. */
export async function readBallot(
  text: string,
  of: { reviewFile: string; setSha256: string; keys: PageKeys },
): Promise<{ body: BallotBody; sequence: number; publicKey: string } | null> {
  try {
    const ballot = JSON.parse(text) as Ballot;
    if (ballot.reviewFile !== of.reviewFile || ballot.setSha256 !== of.setSha256) return null;
    const box = { iv: fromBase64Url(ballot.iv), sealed: fromBase64Url(ballot.sealed) };
    // Only who knows the passphrase could have sealed it, so what it holds has the form that this page writes.
    const plain = await of.keys.open('ballot', box, ballotBinding(ballot));
    if (plain === null) return null;
    const body = JSON.parse(new TextDecoder().decode(plain)) as BallotBody;
    return { body, sequence: ballot.sequence, publicKey: ballot.publicKey };
  } catch {
    return null;
  }
}
