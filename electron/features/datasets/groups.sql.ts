import { createHashTable } from '../../../shared/features/datasets/hash-table.ts';
import type { Db } from '../../core/ports.ts';

/*
 * Examples that are the same, or ask the same and answer differently, are found by hash and marked on the example, so
 * that lists can filter by it. Only examples that are not deleted count.
 */

/** What is compared of an example: hashes of 8 bytes, and how it is marked. */
export type GroupHashes = {
  id: number;
  identity: Uint8Array;
  prompt_hash: Uint8Array;
  answer_hash: Uint8Array;
  duplicate_of: number | null;
  conflicts_with: number | null;
};

const pageRows = 10_000;
const answerBytes = 8;

/** The examples of a data set that are not deleted, by position. */
export type GroupMembers = { readonly count: number; members(): Iterable<GroupHashes> };

/**
 * Marks duplicates and conflicts of a whole data set anew; writes only what changes. `known` spares reading its examples.
 */
export function markAllGroups(db: Db, dataset: number, known?: GroupMembers): void {
  const { wrongRepeats, clashes, marked } = findGroups(known ?? membersOf(db, dataset));
  const repeat = db.prepare('UPDATE examples SET duplicate_of = ? WHERE id = ?');
  for (const [id, first] of wrongRepeats) repeat.run(first, id);
  const clashing = db.prepare<{ id: number; answer: Uint8Array; now: number | null }>(
    `SELECT id, answer_hash AS answer, conflicts_with AS now FROM examples
     WHERE ${asking}`,
  );
  const conflict = db.prepare('UPDATE examples SET conflicts_with = ? WHERE id = ?');
  for (const { prompt, firstAnswer, firstId, otherId } of clashes) {
    for (const { id, answer, now } of clashing.all(dataset, prompt, dataset, prompt)) {
      const wanted = Buffer.compare(answer, firstAnswer) === 0 ? otherId : firstId;
      if (now !== wanted) conflict.run(wanted, id);
      marked.delete(id);
    }
  }
  for (const id of marked) conflict.run(null, id);
}

/** Condition on the live examples of a data set that ask the same; parameters: data set and hash, and both again. */
const asking = `id IN (SELECT p.example_id FROM example_prompts p
  WHERE p.dataset = ? AND p.prompt_start = substr(?, 1, 4)) AND +dataset = ? AND prompt_hash = ? AND deleted_at IS NULL`;

/** Makes examples from an id on known by what they ask; to be called for all that were inserted, once. */
export function enterPrompts(db: Db, dataset: number, firstId: number): void {
  // In order, so that each page of the table is written once.
  db.prepare(
    `INSERT INTO example_prompts SELECT dataset, substr(prompt_hash, 1, 4) AS prompt_start, id FROM examples
     WHERE dataset = ? AND id >= CAST(? AS INTEGER) ORDER BY prompt_start, id`,
  ).run(dataset, firstId);
}

type Clash = { prompt: Uint8Array; firstAnswer: Uint8Array; firstId: number; otherId: number };

type Found = {
  /** Examples that are marked otherwise than they should be, with the first of their kind or null. */
  wrongRepeats: [number, number | null][];
  /** Prompts whose examples answer differently. */
  clashes: Clash[];
  /** Examples that are marked as a conflict now. */
  marked: Set<number>;
};

/** Repeats and conflicts, in one pass by position. */
function findGroups(live: GroupMembers): Found {
  const identities = createHashTable(live.count);
  const firstIds = new Float64Array(identities.slots);
  const prompts = createHashTable(live.count);
  const askedIds = new Float64Array(prompts.slots);
  const answers = new Uint8Array(prompts.slots * answerBytes);
  const clashes = new Map<number, Clash>();
  const wrongRepeats: Found['wrongRepeats'] = [];
  const marked = new Set<number>();
  for (const row of live.members()) {
    const same = identities.slotOf(row.identity);
    const isFirst = identities.isNew();
    if (isFirst) firstIds[same] = row.id;
    const repeated = isFirst ? null : (firstIds[same] ?? 0);
    if (row.duplicate_of !== repeated) wrongRepeats.push([row.id, repeated]);
    if (row.conflicts_with !== null) marked.add(row.id);
    const asked = prompts.slotOf(row.prompt_hash);
    const firstAnswer = answers.subarray(asked * answerBytes, (asked + 1) * answerBytes);
    if (prompts.isNew()) {
      askedIds[asked] = row.id;
      firstAnswer.set(row.answer_hash);
    } else if (!clashes.has(asked) && Buffer.compare(firstAnswer, row.answer_hash) !== 0) {
      const firstId = askedIds[asked] ?? 0;
      clashes.set(asked, {
        prompt: row.prompt_hash,
        firstAnswer: firstAnswer.slice(),
        firstId,
        otherId: row.id,
      });
    }
  }
  return { wrongRepeats, clashes: [...clashes.values()], marked };
}

function membersOf(db: Db, dataset: number): GroupMembers {
  const sql = 'SELECT COUNT(*) AS count FROM examples WHERE dataset = ? AND deleted_at IS NULL';
  return {
    count: db.prepare<{ count: number }>(sql).get(dataset)?.count ?? 0,
    members: () => hashesOf(db, dataset),
  };
}

function* hashesOf(db: Db, dataset: number): Generator<GroupHashes, void, void> {
  const page = db.prepare<GroupHashes & { position: number }>(
    `SELECT id, position, substr(identity, 1, 8) AS identity, prompt_hash, answer_hash, duplicate_of, conflicts_with
     FROM examples
     WHERE dataset = ? AND position > ? AND deleted_at IS NULL ORDER BY position LIMIT ${pageRows}`,
  );
  let position = 0;
  for (;;) {
    const rows = page.all(dataset, position);
    yield* rows;
    if (rows.length < pageRows) return;
    position = rows.at(-1)?.position ?? position;
  }
}

type Member = {
  id: number;
  identity: string;
  answer: string;
  duplicateOf: number | null;
  conflictsWith: number | null;
};

/** Marks duplicates and conflicts anew among the examples with these prompts only: those an edit left and those it came to. */
export function markGroups(db: Db, dataset: number, prompts: readonly Uint8Array[]): void {
  const members = db.prepare<Member>(
    `SELECT id, hex(identity) AS identity, hex(answer_hash) AS answer, duplicate_of AS duplicateOf,
            conflicts_with AS conflictsWith
     FROM examples WHERE ${asking} ORDER BY id`,
  );
  const update = db.prepare('UPDATE examples SET duplicate_of = ?, conflicts_with = ? WHERE id = ?');
  const done = new Set<string>();
  for (const prompt of prompts) {
    const name = Buffer.from(prompt).toString('latin1');
    if (done.has(name)) continue;
    done.add(name);
    const asked = members.all(dataset, prompt, dataset, prompt);
    const other = asked.find(({ answer }) => answer !== asked[0]?.answer);
    const firsts = new Map<string, number>();
    for (const one of asked) {
      const first = firsts.get(one.identity) ?? null;
      if (first === null) firsts.set(one.identity, one.id);
      // The first one with another answer: that of the group, or for those that answer like it the next.
      const conflict = other ? (one.answer === asked[0]?.answer ? other.id : (asked[0]?.id ?? null)) : null;
      if (one.duplicateOf !== first || one.conflictsWith !== conflict) update.run(first, conflict, one.id);
    }
  }
}
