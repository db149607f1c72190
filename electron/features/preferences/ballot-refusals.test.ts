import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSigner, writeBallot } from '../../../renderer/review-page/ballot-file.ts';
import type { OpenedReview, Review } from '../../../renderer/review-page/review.ts';
import type { MergeResult } from '../../../shared/features/preferences/ballots.model.ts';
import {
  type Ballot,
  ballotText,
  lowSignature,
  signedText,
} from '../../../shared/features/preferences/ballots.rules.ts';
import {
  createMemoryKeeper,
  createReviewed,
  makeReviewFile,
  mergeTexts,
  openFile,
  pairLines,
  reviewAs,
} from '../../../tests/helpers/ballots.ts';
import { createPreferenceApp, type PreferenceApp } from '../../../tests/helpers/preferences.ts';

let app: PreferenceApp;
beforeAll(async () => {
  app = await createPreferenceApp();
});
afterAll(() => app.close());

const merge = (
  setId: string,
  texts: readonly (string | Uint8Array)[],
  more: { typed?: string; allowsSecondKey?: boolean } = {},
): Promise<MergeResult[]> => mergeTexts(app.client, texts, { setId, folder: app.folder, ...more });

/** Hash of the store's files: the same as long as nothing is written. */
function storeHash(): string {
  const hash = createHash('sha256');
  for (const name of ['workspace.db', 'workspace.db-wal'])
    hash.update(readFileSync(join(app.folder, 'ws', name)));
  return hash.digest('hex');
}

describe('a ballot is refused and changes nothing', () => {
  const refusals = async (
    setId: string,
    texts: readonly (string | Uint8Array)[],
    more: { typed?: string } = {},
  ): Promise<(string | null)[]> => {
    const before = storeHash();
    const results = await merge(setId, texts, more);
    expect(storeHash()).toBe(before);
    for (const { what, todo } of results) expect([what.length > 10, todo.length > 10]).toEqual([true, true]);
    return results.map(({ refused }) => refused);
  };
  const signed = async (
    opened: OpenedReview,
    review: Review,
    of: { reviewer?: string; pairs?: readonly number[]; setSha256?: string; choice?: 'a' | null },
  ): Promise<string> => {
    const pair = { rating: null, strength: null, reasons: [], note: '', elapsedMs: 1, decidedAt: 1 };
    const body = {
      reviewer: of.reviewer ?? review.reviewer,
      savedAt: 1,
      verdicts: (of.pairs ?? [1]).map((at) => ({
        ...pair,
        pair: at,
        choice: of.choice === undefined ? 'a' : of.choice,
      })),
      skipped: [],
      flagged: [],
    } as const;
    const { reviewFile } = opened.head;
    const setSha256 = of.setSha256 ?? opened.setSha256;
    const signer = await openSigner(createMemoryKeeper(), reviewFile);
    return writeBallot({ reviewFile, setSha256, sequence: 1, body }, { keys: opened.keys, signer });
  };

  test('when one thousand single mutations are made to it', async () => {
    const { setId, review } = await createReviewed(app, 'ann', 3);
    const { text } = await review.ballot();
    const bytes = Buffer.from(text);
    const at = fc.integer({ min: 0, max: bytes.length - 1 });
    const flip = fc.tuple(at, fc.integer({ min: 0, max: 7 })).map(([place, bit]) => {
      const copy = Buffer.from(bytes);
      copy[place] = (copy[place] ?? 0) ^ (1 << bit);
      return copy;
    });
    const cut = at.map((end) => bytes.subarray(0, end));
    const put = fc
      .tuple(at, fc.integer({ min: 32, max: 126 }))
      .map(([place, byte]) =>
        Buffer.concat([bytes.subarray(0, place), Buffer.of(byte), bytes.subarray(place)]),
      );
    const drop = at.map((place) => Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + 1)]));
    const parts = JSON.parse(text) as Ballot;
    const digits = (alphabet: string, length: number): fc.Arbitrary<string> =>
      fc
        .array(fc.nat(alphabet.length - 1), { minLength: length, maxLength: length })
        .map((places) => places.map((place) => alphabet[place]).join(''));
    const base64Url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const field = fc
      .oneof(
        fc.integer({ min: 2, max: 1_000_000 }).map((sequence) => ({ sequence })),
        fc.uuid().map((reviewFile) => ({ reviewFile })),
        digits('0123456789abcdef', 64).map((setSha256) => ({ setSha256 })),
        digits(base64Url, 87).map((publicKey) => ({ publicKey })),
        digits(base64Url, 16).map((iv) => ({ iv })),
        digits(base64Url, 200).map((sealed) => ({ sealed })),
        digits(base64Url, 86).map((signature) => ({ signature })),
      )
      .map((changed) => Buffer.from(ballotText({ ...parts, ...changed })));
    const mutations = fc.sample(fc.oneof(flip, cut, put, drop, field), 1000);
    expect(mutations.filter((one) => one.equals(bytes))).toEqual([]);
    const names: (string | null)[] = [];
    for (let from = 0; from < mutations.length; from += 200)
      names.push(...(await refusals(setId, mutations.slice(from, from + 200))));
    expect(names).toHaveLength(1000);
    expect(names.filter((name) => name !== 'damaged' && name !== 'altered')).toEqual([]);
    expect(new Set(names).size).toBe(2);
    expect(await merge(setId, [text])).toMatchObject([{ refused: null, added: 3 }]);
  });

  test('when its signature is the other one that fits', async () => {
    const { setId, review } = await createReviewed(app, 'ann', 1);
    const ballot = JSON.parse((await review.ballot()).text) as Ballot;
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const low = Buffer.from(ballot.signature, 'base64url');
    const s = order - BigInt(`0x${low.subarray(32).toString('hex')}`);
    const high = Buffer.concat([low.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')]);
    expect(Buffer.from(lowSignature(high))).toEqual(low);
    const twin = ballotText({ ...ballot, signature: high.toString('base64url') });
    expect(await refusals(setId, [twin])).toEqual(['altered']);
  });

  test('when it is no ballot at all', async () => {
    const setId = await app.makeSet(pairLines(1));
    const texts = [
      '',
      '{}',
      'null',
      '[]',
      'x'.repeat(1000),
      Buffer.of(0xff, 0xfe),
      '{"format":"lapidary-ballot"}',
    ];
    expect(new Set(await refusals(setId, texts))).toEqual(new Set(['damaged']));
    expect(await refusals(setId, [Buffer.alloc(32 * 1024 * 1024 + 1)])).toEqual(['too_large']);
  });

  test('with another passphrase, for another set, workspace or text', async () => {
    const { setId, opened, review } = await createReviewed(app, 'ann', 2);
    const other = await createReviewed(app, 'ann', 2);
    const { text } = await review.ballot();
    expect(await refusals(setId, [text], { typed: 'eight green apples' })).toEqual(['passphrase']);
    expect(await refusals(other.setId, [text])).toEqual(['foreign']);
    const changed = await signed(opened, review, { setSha256: '0'.repeat(64) });
    expect(await refusals(setId, [changed])).toEqual(['foreign']);
    const elsewhere = {
      ...opened,
      head: { ...opened.head, reviewFile: '0190a000-0000-7000-8000-000000000000' },
    };
    expect(await refusals(setId, [await signed(elsewhere, review, {})])).toEqual(['foreign']);
  });

  test('when another signs what somebody sealed', async () => {
    const { setId, opened, review } = await createReviewed(app, 'ann', 1);
    const stolen = JSON.parse((await review.ballot()).text) as Ballot;
    const signer = await openSigner(createMemoryKeeper(), opened.head.reviewFile);
    const unsigned = { ...stolen, publicKey: signer.publicKey };
    const signature = Buffer.from(await signer.sign(signedText(unsigned))).toString('base64url');
    expect(await refusals(setId, [ballotText({ ...unsigned, signature })])).toEqual(['passphrase']);
  });

  test('when it judges unknown pairs, one twice, or in a way that cannot be', async () => {
    const { setId, opened, review } = await createReviewed(app, 'ann', 2);
    const make = (of: Parameters<typeof signed>[2]): Promise<string> => signed(opened, review, of);
    expect(await refusals(setId, [await make({ pairs: [3] })])).toEqual(['unknown_pairs']);
    expect(await refusals(setId, [await make({ pairs: [1, 1] })])).toEqual(['invalid']);
    expect(await refusals(setId, [await make({ choice: null })])).toEqual(['invalid']);
  });

  test('when its name is not the one of the file, or of its key', async () => {
    const setId = await app.makeSet(pairLines(2));
    const forAnn = await openFile(
      await makeReviewFile(app.client, { setId, folder: app.folder, reviewer: 'ann' }),
    );
    const review = await reviewAs(forAnn, '');
    expect(review.reviewer).toBe('ann');
    expect(await refusals(setId, [await signed(forAnn, review, { reviewer: 'bob' })])).toEqual([
      'other_reviewer',
    ]);
    const open = await openFile(await makeReviewFile(app.client, { setId, folder: app.folder }));
    const two = await reviewAs(open, 'ann');
    await two.decide({ choice: 'a' }, 1);
    expect(await merge(setId, [(await two.ballot()).text])).toMatchObject([{ refused: null }]);
    await two.name('bob');
    expect(await refusals(setId, [(await two.ballot()).text])).toEqual(['other_reviewer']);
  });

  test('while the queue is closed; one refused does not stop the others', async () => {
    const { setId, review } = await createReviewed(app, 'ann', 2);
    const { text } = await review.ballot();
    await app.client.preferences.close({ setId });
    expect(await refusals(setId, [text])).toEqual(['closed']);
    await app.client.preferences.reopen({ setId });
    const results = await merge(setId, [text.slice(0, 40), text]);
    expect(results.map(({ refused }) => refused)).toEqual(['damaged', null]);
  });
});
