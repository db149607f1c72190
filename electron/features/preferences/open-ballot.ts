import { createHash, createPublicKey, verify } from 'node:crypto';
import {
  ballotBody,
  ballotFile,
  type RefusalReason,
} from '../../../shared/features/preferences/ballots.model.ts';
import {
  type Ballot,
  ballotBinding,
  type BallotBody,
  ballotText,
  isLowSignature,
  signedText,
} from '../../../shared/features/preferences/ballots.rules.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { ReviewKeys } from './review-keys.ts';

/** A ballot that is not taken: BALLOT_REFUSED with its name. Nothing has been changed. */
export class BallotRefusal extends AppFailure {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, what: string, todo: string) {
    super('BALLOT_REFUSED', { what, todo, retry: 'never' });
    this.reason = reason;
  }
}

/** A ballot whose form and signature are right; what is sealed in it is not opened yet. */
export type CheckedBallot = Ballot & { readonly sha256: string };

const askAgain = 'Ask the reviewer to save the ballot again and to send that file as it is.';

/** Reads a ballot file; throws BallotRefusal when it is no whole ballot or was changed after it was signed. */
export function checkBallot(bytes: Uint8Array): CheckedBallot {
  const ballot = parseBallot(bytes);
  if (ballot === null) {
    throw new BallotRefusal(
      'damaged',
      'This is not a whole ballot: it is another file, or it was cut off.',
      askAgain,
    );
  }
  const signature = Buffer.from(ballot.signature, 'base64url');
  const key = publicKeyOf(ballot.publicKey);
  const isGenuine =
    key !== null &&
    isLowSignature(signature) &&
    verify('sha256', Buffer.from(signedText(ballot)), { key, dsaEncoding: 'ieee-p1363' }, signature);
  if (!isGenuine) {
    throw new BallotRefusal(
      'altered',
      'This ballot was changed after it was saved: its signature does not fit.',
      askAgain,
    );
  }
  return { ...ballot, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Null unless the bytes are exactly what a page writes: the same fields in the same order, no byte more. */
function parseBallot(bytes: Uint8Array): Ballot | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const ballot = ballotFile.parse(JSON.parse(text));
    const isExact =
      ballotText(ballot) === text &&
      [ballot.publicKey, ballot.iv, ballot.sealed, ballot.signature].every(
        (part) => Buffer.from(part, 'base64url').toString('base64url') === part,
      );
    return isExact ? ballot : null;
  } catch {
    return null;
  }
}

/** Null when the bytes are no point of the curve. */
function publicKeyOf(text: string): ReturnType<typeof createPublicKey> | null {
  const point = Buffer.from(text, 'base64url');
  if (point.length !== 65 || point[0] !== 4) return null;
  try {
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
    return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' } });
  } catch {
    return null;
  }
}

/** Opens a checked ballot; throws BallotRefusal for another passphrase and for an inside that makes no sense. */
export function openBallot(ballot: CheckedBallot, keys: ReviewKeys): BallotBody {
  const box = { iv: Buffer.from(ballot.iv, 'base64url'), sealed: Buffer.from(ballot.sealed, 'base64url') };
  const plain = keys.open('ballot', box, ballotBinding(ballot));
  if (plain === null) {
    throw new BallotRefusal(
      'passphrase',
      'This ballot cannot be opened with this passphrase.',
      'Type the passphrase that was set when its review file was made.',
    );
  }
  const body = ballotBody.safeParse(parseJson(plain));
  if (!body.success) {
    throw new BallotRefusal('invalid', 'What this ballot holds is not what a review page writes.', askAgain);
  }
  return body.data;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
