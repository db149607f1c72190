import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSigner, writeBallot } from '../../renderer/review-page/ballot-file.ts';
import type { BallotChoice } from '../../shared/features/preferences/ballots.rules.ts';
import { createMemoryKeeper, makeReviewFile, mergeTexts, openFile } from '../helpers/ballots.ts';
import { taskEnd } from '../helpers/datasets.ts';
import { pairLine, setSettings } from '../helpers/preferences.ts';
import { createTestCore } from '../helpers/test-core.ts';
import { threadMs } from './figures.ts';

/*
 * Merging the ballots of many reviewers of one review file, then the undo of one of them. How long the main
 * thread works for it is measured beside it. Run: node tests/bench/ballots.ts [ballots] [verdicts]. Prints one JSON object; an
 * encrypted workspace.
 */

const ballots = Number(process.argv[2] ?? 50);
const verdicts = Number(process.argv[3] ?? 2000);
const app = createTestCore();
const { client, folder } = app;
await client.workspaces.create({ name: 'Bench', folder: join(folder, 'ws') });
const path = join(folder, 'pairs.jsonl');
writeFileSync(path, Array.from({ length: verdicts }, (_, at) => `${pairLine(at + 1)}\n`).join(''));
const { file } = await client.files.choosePath({ path });
const made = await client.preferences.create({
  name: 'Bench',
  kind: 'pairs',
  source: { kind: 'file', fileId: file.fileId },
  settings: { ...setSettings, reviewersPerPair: 9 },
});
await taskEnd(client, made.taskId);
const { setId } = made;
const opened = await openFile(await makeReviewFile(client, { setId, folder }));

const choices: readonly BallotChoice[] = ['a', 'b', 'a', 'tie', 'b', 'both_good', 'a', 'both_bad'];

/** A ballot of a reviewer who judged everything; who judged how differs. */
async function ballotOf(reviewer: number): Promise<string> {
  const body = {
    reviewer: `Reviewer ${reviewer}`,
    savedAt: 1,
    verdicts: Array.from({ length: verdicts }, (_, at) => ({
      pair: at + 1,
      choice: choices[(at * (reviewer + 3)) % choices.length] ?? null,
      rating: null,
      strength: null,
      reasons: at % 5 === 0 ? ['tone'] : [],
      note: at % 20 === 0 ? 'The second sentence is beside the point.' : '',
      elapsedMs: 9000,
      decidedAt: 1,
    })),
    skipped: [],
    flagged: [],
  };
  const { reviewFile } = opened.head;
  const signer = await openSigner(createMemoryKeeper(), reviewFile);
  const parts = { reviewFile, setSha256: opened.setSha256, sequence: 1, body };
  return writeBallot(parts, { keys: opened.keys, signer });
}

const texts: string[] = [];
for (let reviewer = 1; reviewer <= ballots; reviewer += 1) texts.push(await ballotOf(reviewer));

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Wall time, work of all threads, work of this one. */
async function timed(work: () => Promise<unknown>) {
  const [start, all, main] = [performance.now(), cpuMs(), threadMs()];
  await work();
  return {
    ms: Math.round(performance.now() - start),
    cpuMs: Math.round(cpuMs() - all),
    mainThreadMs: Math.round(threadMs() - main),
  };
}

let merged = 0;
const merge = await timed(async () => {
  const results = await mergeTexts(client, texts, { setId, folder });
  merged = results.filter(({ refused, added }) => refused === null && added === verdicts).length;
});
const again = await timed(() => mergeTexts(client, texts, { setId, folder }));
const undo = await timed(() => client.workspaces.undo());
const set = await client.preferences.get({ setId });
await app.close();
console.log(
  JSON.stringify({
    bench: 'ballots',
    ballots,
    verdicts,
    merged,
    hold: set.verdicts,
    bytesPerBallot: Math.round(texts.reduce((sum, text) => sum + text.length, 0) / ballots),
    merge,
    cpuMsPerBallot: Math.round(merge.cpuMs / ballots),
    again,
    undoOne: undo,
  }),
);
