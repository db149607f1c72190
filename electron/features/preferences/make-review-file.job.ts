import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { ReviewChoice } from '../../../shared/features/preferences/ballots.model.ts';
import {
  formatVersion,
  passphraseRounds,
  reviewBinding,
  type ReviewData,
  reviewFormat,
  type ReviewHead,
  type ReviewPair,
} from '../../../shared/features/preferences/ballots.rules.ts';
import {
  answerMessage,
  type PairFilter,
  promptInput,
} from '../../../shared/features/preferences/preferences.model.ts';
import { textOfMessage, textsOfPrompt } from '../../../shared/features/preferences/review-text.rules.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { pairIdsOf, wherePairs } from './pairs.sql.ts';
import { listReasons } from './reasons.ts';
import { packPairIds } from './review-files.sql.ts';
import { type PageProgram, reviewPage } from './review-file.page.ts';
import { deriveReviewKeys } from './review-keys.ts';
import { requireSet, type SetRow, settingsOf } from './sets.sql.ts';

export type MakeInput = {
  readonly store: DbAddress;
  readonly setId: string;
  readonly reviewFileId: string;
  readonly which: ReviewChoice;
  readonly reviewer: string | null;
  readonly title: string;
  readonly passphrase: string;
};
/** The page to write, and what is kept of it. */
export type MakeResult = {
  readonly html: Uint8Array;
  readonly setSha256: string;
  readonly pairIds: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
};

export type ReviewFileParts = {
  openStore(address: DbAddress, options?: { readonly: boolean }): Db;
  /** The built program and style of the review page. */
  readPageProgram(): PageProgram;
};

/** What {@link createCountJob} counts. */
export type CountInput = {
  readonly store: DbAddress;
  readonly setId: string;
  readonly filter: PairFilter;
  readonly reviewer: string | null;
};

/** Ids of the pairs that a choice takes, in the order of the queue; for everybody when there is no reviewer. */
function chosenPairs(db: Db, set: SetRow, of: { filter: PairFilter; reviewer: string | null }): number[] {
  const isDealt = settingsOf(set).reviewers.length > 0;
  const filter = of.reviewer === null ? { ...of.filter, isMine: false } : of.filter;
  return pairIdsOf(db, wherePairs({ key: set.key, isDealt }, filter, of.reviewer ?? ''));
}

/** Counts the pairs that a filter takes. Job `ballots.count`. */
export function createCountJob({ openStore }: Pick<ReviewFileParts, 'openStore'>) {
  return async ({ store, setId, filter, reviewer }: CountInput): Promise<number> => {
    const db = openStore(store, { readonly: true });
    try {
      return chosenPairs(db, requireSet(db, setId), { filter, reviewer }).length;
    } finally {
      db.close();
    }
  };
}

/** Makes a review file of blinded pairs; reads only. Job `ballots.make`. */
export function createMakeJob(parts: ReviewFileParts) {
  return async (input: MakeInput, context: WorkerContext): Promise<MakeResult> => {
    const db = parts.openStore(input.store, { readonly: true });
    try {
      const set = requireSet(db, input.setId);
      const { filter, limit } = input.which;
      const ids = chosenPairs(db, set, { filter, reviewer: input.reviewer }).slice(0, limit);
      if (ids.length === 0) throw nothingChosen();
      const pairs = readPairs(db, ids, (done) => {
        if (context.isCancelled()) throw notMade();
        context.progress({ done, total: ids.length, message: '' });
      });
      const data: ReviewData = {
        kind: set.kind,
        title: input.title,
        reviewer: input.reviewer,
        reasons: listReasons(db)
          .filter(({ isHidden }) => !isHidden)
          .map(({ code, label }) => ({ code, label })),
        nonce: randomBytes(32).toString('base64url'),
        pairs,
      };
      return { ...sealPage(input, data, parts.readPageProgram()), pairIds: packPairIds(ids) };
    } finally {
      db.close();
    }
  };
}

function sealPage(input: MakeInput, data: ReviewData, program: PageProgram): Omit<MakeResult, 'pairIds'> {
  const plain = Buffer.from(JSON.stringify(data));
  if (plain.length > maxTextBytes) throw tooMuchText(data.pairs.length);
  const [salt, iterations] = [randomBytes(16), passphraseRounds];
  const bound = { format: reviewFormat, version: formatVersion, reviewFile: input.reviewFileId } as const;
  const keys = deriveReviewKeys(input.passphrase, { salt, iterations });
  const clear = { ...bound, salt: salt.toString('base64url'), iterations, iv: '' };
  const { iv, sealed } = keys.seal('data', gzipSync(plain), reviewBinding(clear));
  const head: ReviewHead = { ...clear, iv: iv.toString('base64url') };
  const html = reviewPage({ head, sealed: sealed.toString('base64url'), program });
  return {
    html: Buffer.from(html),
    setSha256: createHash('sha256').update(plain).digest('hex'),
    salt,
    iterations,
  };
}

const pairsAtOnce = 200;
/** Most text that one page can hold and a browser can open. */
const maxTextBytes = 128 * 1024 * 1024;

/** The texts of pairs and nothing else of them: no id, no source, no place of the answer in its list. */
function readPairs(db: Db, ids: readonly number[], tell: (done: number) => void): ReviewPair[] {
  const read = db.prepare<{ input: string; a: string; b: string | null }>(
    `SELECT q.input, a.message AS a, b.message AS b FROM json_each(?) ids
     JOIN preference_pairs p ON p.id = ids.value
     JOIN preference_prompts q ON q.id = p.prompt_id
     JOIN preference_candidates a ON a.id = p.a_candidate
     LEFT JOIN preference_candidates b ON b.id = p.b_candidate
     ORDER BY ids.key`,
  );
  const pairs: ReviewPair[] = [];
  const textOf = (message: string): string => textOfMessage(answerMessage.parse(JSON.parse(message)));
  for (let from = 0; from < ids.length; from += pairsAtOnce) {
    for (const { input, a, b } of read.all(JSON.stringify(ids.slice(from, from + pairsAtOnce)))) {
      const prompt = textsOfPrompt(promptInput.parse(JSON.parse(input)));
      pairs.push({ prompt, a: textOf(a), b: b === null ? null : textOf(b) });
    }
    tell(pairs.length);
  }
  return pairs;
}

function nothingChosen(): AppFailure {
  return new AppFailure('PAIR_NOT_FOUND', {
    what: 'There is no pair in what was chosen.',
    todo: 'Choose other pairs for the review file.',
    retry: 'never',
  });
}

function tooMuchText(pairs: number): AppFailure {
  return new AppFailure('PREFERENCES_IMPOSSIBLE', {
    what: `The texts of these ${pairs} pairs are more than ${maxTextBytes / 1024 / 1024} MB; no browser opens such a page.`,
    todo: 'Choose fewer pairs.',
    retry: 'never',
  });
}

function notMade(): AppFailure {
  return new AppFailure('CANCELLED', {
    what: 'The review file was not made.',
    todo: 'Nothing of it was kept.',
    retry: 'now',
  });
}
