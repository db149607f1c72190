import {
  type BallotBody,
  type BallotChoice,
  type BallotVerdict,
  reviewBinding,
  type ReviewData,
  type ReviewHead,
} from '../../shared/features/preferences/ballots.rules.ts';
import { openSigner, readBallot, type Signer, writeBallot } from './ballot-file.ts';
import {
  deriveKeys,
  fromBase64Url,
  gunzip,
  type PageKeys,
  type Sealed,
  sha256Hex,
  utf8,
} from './cryptography.ts';
import type { Keeper } from './keeper.ts';

/** What is said of a pair beside its verdict. */
export type Remarks = {
  readonly strength: number | null;
  readonly reasons: readonly string[];
  readonly note: string;
};
export const noRemarks: Remarks = { strength: null, reasons: [], note: '' };

/** A verdict of either kind of set. */
export type Decision = { readonly choice: BallotChoice } | { readonly rating: number };

/** What is kept, encrypted, between two openings of the page. */
type Progress = {
  readonly body: BallotBody;
  readonly sequence: number;
  readonly at: number;
  readonly draft: Remarks;
  readonly isSaved: boolean;
};

/** An opened review file, before its reviewer is known. */
export type OpenedReview = {
  readonly head: ReviewHead;
  readonly data: ReviewData;
  readonly setSha256: string;
  readonly keys: PageKeys;
};

/** Opens the sealed pairs; null for another passphrase. */
export async function openReview(
  passphrase: string,
  { head, sealed }: { head: ReviewHead; sealed: string },
): Promise<OpenedReview | null> {
  const { salt, iterations, iv } = head;
  const keys = await deriveKeys(passphrase, { salt: fromBase64Url(salt), iterations });
  const box = { iv: fromBase64Url(iv), sealed: fromBase64Url(sealed) };
  const packed = await keys.open('data', box, reviewBinding(head));
  if (packed === null) return null;
  const plain = await gunzip(packed);
  const data = JSON.parse(new TextDecoder().decode(plain)) as ReviewData;
  return { head, data, setSha256: await sha256Hex(plain), keys };
}

const progressName = (reviewFile: string): string => `${reviewFile} progress`;

async function readProgress({ head, keys }: OpenedReview, keeper: Keeper): Promise<Progress | null> {
  const box = (await keeper.get(progressName(head.reviewFile))) as Sealed | undefined;
  const plain = box ? await keys.open('progress', box, head.reviewFile) : null;
  return plain === null ? null : (JSON.parse(new TextDecoder().decode(plain)) as Progress);
}

/** The judging of one review file: every change is kept before it answers. Pairs count from 1. */
export class Review {
  readonly data: ReviewData;
  readonly #opened: OpenedReview;
  readonly #keeper: Keeper;
  readonly #signer: Signer;
  /** In the order in which they were given. */
  readonly #verdicts = new Map<number, BallotVerdict>();
  readonly skipped = new Set<number>();
  readonly flagged = new Set<number>();
  reviewer: string;
  at = 1;
  draft: Remarks = noRemarks;
  isSaved = true;
  #sequence = 0;

  private constructor(opened: OpenedReview, keeper: Keeper, signer: Signer) {
    this.data = opened.data;
    this.#opened = opened;
    this.#keeper = keeper;
    this.#signer = signer;
    this.reviewer = opened.data.reviewer ?? '';
  }

  /** Goes on where this browser left off. */
  static async resume(opened: OpenedReview, keeper: Keeper): Promise<Review> {
    const review = new Review(opened, keeper, await openSigner(keeper, opened.head.reviewFile));
    const progress = await readProgress(opened, keeper);
    if (progress) {
      review.#take(progress.body);
      review.#sequence = progress.sequence;
      review.at = progress.at;
      review.draft = progress.draft;
      review.isSaved = progress.isSaved;
    }
    return review;
  }

  get isLasting(): boolean {
    return this.#keeper.isLasting;
  }

  get decided(): number {
    return this.#verdicts.size;
  }

  verdictOn(pair: number): BallotVerdict | undefined {
    return this.#verdicts.get(pair);
  }

  /** The next pair that is neither judged nor skipped, behind the one shown, then from the start; null at the end. */
  nextOpen(): number | null {
    const count = this.data.pairs.length;
    for (let step = 1; step <= count; step += 1) {
      const pair = ((this.at - 1 + step) % count) + 1;
      if (!this.#verdicts.has(pair) && !this.skipped.has(pair)) return pair;
    }
    return null;
  }

  async goTo(pair: number): Promise<void> {
    this.at = pair;
    const verdict = this.#verdicts.get(pair);
    this.draft = verdict
      ? { strength: verdict.strength, reasons: verdict.reasons, note: verdict.note }
      : noRemarks;
    await this.#keep();
  }

  async name(reviewer: string): Promise<void> {
    this.reviewer = reviewer.trim();
    await this.#keep();
  }

  /** Judges the pair shown with the remarks made on it. */
  async decide(decision: Decision, elapsedMs: number): Promise<void> {
    const choice = 'choice' in decision ? decision.choice : null;
    const hasWinner = choice === 'a' || choice === 'b';
    const { strength, reasons, note } = this.draft;
    this.#verdicts.delete(this.at);
    this.#verdicts.set(this.at, {
      pair: this.at,
      choice,
      rating: 'rating' in decision ? decision.rating : null,
      strength: hasWinner ? strength : null,
      reasons,
      note,
      elapsedMs: Math.round(elapsedMs),
      decidedAt: Date.now(),
    });
    this.skipped.delete(this.at);
    await this.#change();
  }

  /** Changes the remarks on the pair shown; also those of a verdict that stands. */
  async remark(changed: Partial<Remarks>): Promise<void> {
    this.draft = { ...this.draft, ...changed };
    const verdict = this.#verdicts.get(this.at);
    if (!verdict) return this.#keep();
    const hasWinner = verdict.choice === 'a' || verdict.choice === 'b';
    const strength = hasWinner ? this.draft.strength : null;
    this.#verdicts.set(this.at, { ...verdict, ...this.draft, strength });
    return this.#change();
  }

  async skip(): Promise<void> {
    if (!this.#verdicts.has(this.at)) this.skipped.add(this.at);
    await this.#change();
  }

  /** Skipped pairs come again. */
  async returnToSkipped(): Promise<void> {
    this.skipped.clear();
    await this.#change();
  }

  async flag(): Promise<boolean> {
    const isFlagged = !this.flagged.delete(this.at);
    if (isFlagged) this.flagged.add(this.at);
    await this.#change();
    return isFlagged;
  }

  /** Takes the newest verdict back and answers its pair; null when there is none. */
  async takeBack(): Promise<number | null> {
    const newest = [...this.#verdicts.keys()].at(-1);
    if (newest === undefined) return null;
    this.#verdicts.delete(newest);
    await this.#change();
    return newest;
  }

  /** The next ballot as the text of a file; its number is kept first, so that no two ballots have the same. */
  async ballot(): Promise<{ text: string; sequence: number }> {
    this.#sequence += 1;
    await this.#keep();
    const { head, setSha256, keys } = this.#opened;
    const parts = { reviewFile: head.reviewFile, setSha256, sequence: this.#sequence, body: this.#body() };
    const text = await writeBallot(parts, { keys, signer: this.#signer });
    this.isSaved = true;
    await this.#keep();
    return { text, sequence: this.#sequence };
  }

  /** Takes up what a ballot says; `null` when it is not one of this review file. */
  async load(text: string): Promise<{ verdicts: number; hasOtherKey: boolean } | null> {
    const { head, setSha256, keys } = this.#opened;
    const read = await readBallot(text, { reviewFile: head.reviewFile, setSha256, keys });
    if (!read) return null;
    const hasOtherKey = read.publicKey !== this.#signer.publicKey;
    if (!hasOtherKey) this.#sequence = Math.max(this.#sequence, read.sequence);
    this.#take(read.body);
    await this.goTo(this.nextOpen() ?? 1);
    return { verdicts: read.body.verdicts.length, hasOtherKey };
  }

  #take(body: BallotBody): void {
    this.#verdicts.clear();
    for (const verdict of body.verdicts) this.#verdicts.set(verdict.pair, verdict);
    this.skipped.clear();
    for (const pair of body.skipped) this.skipped.add(pair);
    this.flagged.clear();
    for (const pair of body.flagged) this.flagged.add(pair);
    this.reviewer = this.data.reviewer ?? body.reviewer;
  }

  #body(): BallotBody {
    return {
      reviewer: this.reviewer,
      savedAt: Date.now(),
      verdicts: [...this.#verdicts.values()],
      skipped: [...this.skipped],
      flagged: [...this.flagged],
    };
  }

  #change(): Promise<void> {
    this.isSaved = false;
    return this.#keep();
  }

  async #keep(): Promise<void> {
    const { at, draft, isSaved } = this;
    const progress: Progress = { body: this.#body(), sequence: this.#sequence, at, draft, isSaved };
    const { head, keys } = this.#opened;
    const box = await keys.seal('progress', utf8(JSON.stringify(progress)), head.reviewFile);
    await this.#keeper.put(progressName(head.reviewFile), box);
  }
}
