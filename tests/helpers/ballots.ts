import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Core } from '../../electron/core/create-core.ts';
import type { Keeper } from '../../renderer/review-page/keeper.ts';
import { type OpenedReview, openReview, Review } from '../../renderer/review-page/review.ts';
import type { MergeResult, ReviewChoice } from '../../shared/features/preferences/ballots.model.ts';
import type { ReviewHead } from '../../shared/features/preferences/ballots.rules.ts';
import { everyPair } from '../../shared/features/preferences/preferences.model.ts';
import { taskEnd } from './datasets.ts';
import { pairLine, type PreferenceApp } from './preferences.ts';

export const passphrase = 'seven green apples';

type Client = Core['client'];
type MakeOptions = { setId: string; folder: string; reviewer?: string | null; which?: ReviewChoice };
let files = 0;

/** Makes a review file as a user would; answers its place. */
export async function makeReviewFile(client: Client, options: MakeOptions): Promise<string> {
  files += 1;
  const path = join(options.folder, `review-${files}.html`);
  const { destination } = await client.files.destinationPath({ path });
  const { taskId } = await client.ballots.make({
    setId: options.setId,
    which: options.which ?? { filter: everyPair, limit: 5000 },
    reviewer: options.reviewer ?? null,
    title: 'Which answer is better?',
    passphrase,
    destinationId: destination.destinationId,
  });
  const task = await taskEnd(client, taskId);
  if (task.state !== 'succeeded') throw new Error(`no review file: ${task.failure?.what}`);
  return path;
}

/** What a browser that keeps things would keep. */
export function createMemoryKeeper(): Keeper {
  const kept = new Map<string, unknown>();
  return {
    isLasting: true,
    get: async (name) => kept.get(name),
    put: async (name, value) => void kept.set(name, value),
  };
}

/** The two data blocks of a review file. */
export function blocksOf(path: string): { head: ReviewHead; sealed: string } {
  const html = readFileSync(path, 'utf8');
  const block = (id: string): string => new RegExp(`id="${id}">([^<]*)<`).exec(html)?.[1] ?? '';
  return { head: JSON.parse(block('head')) as ReviewHead, sealed: block('sealed') };
}

/** Opens a review file with the page's own code. */
export async function openFile(path: string, typed = passphrase): Promise<OpenedReview> {
  const opened = await openReview(typed, blocksOf(path));
  if (!opened) throw new Error('the review file did not open');
  return opened;
}

/** Judges in a review file with the page's own code: in a browser of its own unless a keeper is given. */
export async function reviewAs(
  opened: OpenedReview,
  name: string,
  keeper: Keeper = createMemoryKeeper(),
): Promise<Review> {
  const review = await Review.resume(opened, keeper);
  if (review.reviewer === '') await review.name(name);
  return review;
}

/** Gives ballot files to the core and merges them. */
export async function mergeTexts(
  client: Client,
  texts: readonly (string | Uint8Array)[],
  of: { setId: string; folder: string; typed?: string; allowsSecondKey?: boolean },
): Promise<MergeResult[]> {
  const fileIds: string[] = [];
  for (const text of texts) {
    files += 1;
    const path = join(of.folder, `ballot-${files}.json`);
    writeFileSync(path, text);
    fileIds.push((await client.files.choosePath({ path })).file.fileId);
  }
  const { results } = await client.ballots.merge({
    setId: of.setId,
    fileIds,
    passphrase: of.typed ?? passphrase,
    allowsSecondKey: of.allowsSecondKey ?? false,
  });
  return results;
}

/** Judges every pair: the left answer of odd ones, the right one of even ones. */
export async function judgeAll(review: Review): Promise<void> {
  for (let pair = 1; pair <= review.data.pairs.length; pair += 1) {
    await review.goTo(pair);
    await review.decide({ choice: pair % 2 === 0 ? 'b' : 'a' }, 1000 + pair);
  }
}

/** Lines of a preference file. */
export const pairLines = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => pairLine(at + 1));

/** A set with a review file that is open to anybody, opened and judged to the end by one. */
export async function createReviewed(app: PreferenceApp, reviewer: string, count = 4) {
  const setId = await app.makeSet(pairLines(count));
  const path = await makeReviewFile(app.client, { setId, folder: app.folder });
  const opened = await openFile(path);
  const review = await reviewAs(opened, reviewer);
  await judgeAll(review);
  return { setId, path, opened, review };
}
