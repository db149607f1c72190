import type { Analysed } from './prompt-clusters.ts';
import { createPromptClusters } from './prompt-clusters.ts';
import type { SourcedAnswer } from '../../../shared/features/preferences/candidate-rows.rules.ts';
import { comparisonsOf } from '../../../shared/features/preferences/pairing.rules.ts';
import type { PreferenceKind, PromptInput } from '../../../shared/features/preferences/preferences.model.ts';
import { contentHash } from '../../../shared/features/datasets/content-hash.ts';
import { readFacts } from '../../../shared/features/datasets/example-facts.ts';
import type { CountText } from '../../../shared/tokens/encodings.ts';
import { AppFailure } from '../../../shared/failures.ts';
import { EventLog } from '../../core/event-log.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { setOperations, registerSetOperations } from './set-operations.ts';
import { placePairs, type UnplacedPair } from './queue-order.ts';
import { dropUnfinishedSet, insertHiddenSet, type NewSet, setClusters, setCounts } from './sets.sql.ts';
import type { SourceRow } from './source-row.ts';
import { readSource, type ResolvedSource, type SourceParts } from './sources.ts';

/** What the worker jobs of this feature need from outside; wired in create-worker.ts. */
export type PreferenceWorkerParts = SourceParts & {
  openStore(address: DbAddress, options?: { readonly?: boolean }): Db;
  /** Counts tokens of the newest encoding. */
  createCounter(): CountText;
};

export type CreateInput = {
  readonly store: DbAddress;
  readonly set: NewSet;
  readonly source: ResolvedSource;
  /** Rows, or bytes of a file, that there are to read. */
  readonly total: number;
};
export type CreateResult = { prompts: number; pairs: number; quarantined: number };

type Entry = {
  input: PromptInput;
  hash: Uint8Array;
  preview: string;
  answers: (SourcedAnswer & { preview: string; tokens: number })[];
};
type Chunk = { entries: Entry[]; quarantined: SourceRow[] };

const chunkPrompts = 500;

/**
 * Makes a set: reads its source and writes prompts and answers in small steps, then its pairs in the order of the queue
 * and, as one event, the set itself. Until then nobody sees it. Job `preferences.create`.
 */
export function createSetJob(parts: PreferenceWorkerParts) {
  return async (input: CreateInput, context: WorkerContext): Promise<CreateResult> => {
    const db = parts.openStore(input.store);
    try {
      const events = new EventLog({ now: () => input.set.at });
      registerSetOperations(events);
      const write = async <T>(change: () => T): Promise<T> => {
        const unlock = await context.lockWriter();
        try {
          return db.transaction(change);
        } finally {
          unlock();
        }
      };
      const key = await write(() => {
        dropUnfinishedSet(db, input.set.setId);
        return insertHiddenSet(db, input.set);
      });
      const writer = createChunkWriter(db, key, input.set);
      for (const chunk of readChunks(parts, db, { input, context })) await write(() => writer.add(chunk));
      if (writer.pairs.length === 0) throw nothingToJudge(writer.quarantined);
      const clusters = writer.clusters();
      const placed = placePairs(writer.pairs, clusters, input.set.settings);
      return await write(() => {
        setClusters(db, key, clusters);
        insertPairs(db, key, placed.pairs);
        const counts = {
          prompts: writer.prompts,
          pairs: placed.pairs.length,
          repeats: placed.repeats,
          quarantined: writer.quarantined,
        };
        setCounts(db, key, counts);
        events.run(db, {
          feature: 'preferences',
          kind: 'preferences.set-created',
          label: `make the set “${input.set.name}”`,
          forward: setOperations.show(input.set.setId),
          inverse: setOperations.hide(input.set.setId, input.set.at),
        });
        return counts;
      });
    } catch (error) {
      const unlock = await context.lockWriter();
      try {
        db.transaction(() => dropUnfinishedSet(db, input.set.setId));
      } finally {
        unlock();
      }
      throw error;
    } finally {
      db.close();
    }
  };
}

/** What a source would give, and the first lines that would be set aside. Job `preferences.preview`. */
export function createPreviewJob(parts: PreferenceWorkerParts) {
  return async (
    input: { store: DbAddress; kind: PreferenceKind; source: ResolvedSource },
    context: WorkerContext,
  ) => {
    const db = parts.openStore(input.store, { readonly: true });
    try {
      const found = { prompts: 0, pairs: 0, candidates: 0, quarantined: 0 };
      const firstQuarantined: { line: number; message: string; raw: string }[] = [];
      const reading = { parts, db, kind: input.kind, tell: () => stopIfAsked(context) };
      for (const { line, row, raw } of readSource(reading, input.source)) {
        if ('problem' in row) {
          found.quarantined += 1;
          if (firstQuarantined.length < 20) firstQuarantined.push({ line, message: row.problem, raw });
          continue;
        }
        found.prompts += 1;
        found.candidates += row.candidates.length;
        found.pairs +=
          input.kind === 'ratings' ? row.candidates.length : comparisonsOf(row.candidates.length).length;
      }
      return { ...found, firstQuarantined };
    } finally {
      db.close();
    }
  };
}

function stopIfAsked(context: WorkerContext): void {
  if (!context.isCancelled()) return;
  throw new AppFailure('CANCELLED', {
    what: 'The set was not made.',
    todo: 'Nothing of it was kept.',
    retry: 'now',
  });
}

function nothingToJudge(quarantined: number): AppFailure {
  return new AppFailure('PREFERENCES_IMPOSSIBLE', {
    what: `There is nothing to judge in this source: ${quarantined} rows, and none of them is a prompt with answers.`,
    todo: 'Look at the preview of the source, which says of every row why.',
    retry: 'never',
  });
}

/** What a source holds, in chunks that one transaction writes. */
function* readChunks(
  parts: PreferenceWorkerParts,
  db: Db,
  { input, context }: { input: CreateInput; context: WorkerContext },
): Generator<Chunk, void, void> {
  const count = parts.createCounter();
  let chunk: Chunk = { entries: [], quarantined: [] };
  const tell = (done: number): void => {
    stopIfAsked(context);
    context.progress({ done: Math.min(done, input.total), total: input.total, message: '' });
  };
  for (const one of readSource({ parts, db, kind: input.set.kind, tell }, input.source)) {
    if ('problem' in one.row) chunk.quarantined.push(one);
    else chunk.entries.push(entryOf(one.row, count));
    if (chunk.entries.length + chunk.quarantined.length < chunkPrompts) continue;
    yield chunk;
    chunk = { entries: [], quarantined: [] };
  }
  yield chunk;
}

function entryOf(
  { input, candidates }: { input: PromptInput; candidates: readonly SourcedAnswer[] },
  count: CountText,
): Entry {
  const previewsOf = (message: object) =>
    readFacts({ messages: [...input.messages, message] }).texts.previews();
  const answers = candidates.map(({ message, source }) => {
    const text = JSON.stringify(message.content ?? message.tool_calls ?? '');
    return {
      message,
      source,
      preview: previewsOf(message).answer,
      tokens: count(typeof message.content === 'string' ? message.content : text),
    };
  });
  return { input, hash: contentHash(input), preview: previewsOf({ role: 'assistant' }).prompt, answers };
}

function createChunkWriter(db: Db, key: number, set: NewSet) {
  const pairs: UnplacedPair[] = [];
  const clusters = createPromptClusters();
  const counts = { prompts: 0, quarantined: 0 };
  const insertPrompt = db.prepare(
    `INSERT INTO preference_prompts (preference_set, ordinal, input, preview, prompt_hash, cluster)
     VALUES (?, ?, ?, ?, ?, 0)`,
  );
  const insertAnswer = db.prepare(
    `INSERT INTO preference_candidates (prompt_id, ordinal, message, preview, source, characters, tokens, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const setAside = db.prepare('INSERT INTO quarantined_pairs VALUES (?, ?, ?, ?, ?)');
  return {
    pairs,
    /** The cluster of every prompt that was added, by its order. */
    clusters: () => clusters.find(),
    get prompts() {
      return counts.prompts;
    },
    get quarantined() {
      return counts.quarantined;
    },
    add(chunk: Chunk) {
      for (const { line, row, raw } of chunk.quarantined) {
        counts.quarantined += 1;
        setAside.run(key, counts.quarantined, line, 'problem' in row ? row.problem : '', raw);
      }
      for (const { input, hash, preview, answers } of chunk.entries) {
        const text = JSON.stringify(input);
        const ordinal = counts.prompts + 1;
        const promptId = Number(insertPrompt.run(key, ordinal, text, preview, hash).lastInsertRowid);
        const ids = answers.map(({ message, source, preview: shown, tokens }, index) => {
          const length = typeof message.content === 'string' ? message.content.length : 0;
          const row = insertAnswer.run(
            promptId,
            index + 1,
            JSON.stringify(message),
            shown,
            source,
            length,
            tokens,
            set.at,
          );
          return Number(row.lastInsertRowid);
        });
        const analysed: Analysed = { input, key: Buffer.from(hash).toString('hex') };
        clusters.add(analysed);
        pairs.push(...unplaced(set.kind, { promptId, prompt: counts.prompts, ids }));
        counts.prompts = ordinal;
      }
    },
  };
}

function unplaced(
  kind: PreferenceKind,
  { promptId, prompt, ids }: { promptId: number; prompt: number; ids: readonly number[] },
): UnplacedPair[] {
  if (kind === 'ratings')
    return ids.map((a, at) => ({ promptId, prompt, mark: `${prompt}:${at}`, a, b: null }));
  return comparisonsOf(ids.length).map(([one, other]) => ({
    promptId,
    prompt,
    mark: `${prompt}:${one}:${other}`,
    a: ids[one] ?? 0,
    b: ids[other] ?? 0,
  }));
}

function insertPairs(
  db: Db,
  key: number,
  pairs: readonly (UnplacedPair & { repeats: number | null })[],
): void {
  const insert = db.prepare(
    `INSERT INTO preference_pairs (preference_set, position, prompt_id, a_candidate, b_candidate, repeat_of)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const ids: number[] = [];
  for (const [index, pair] of pairs.entries()) {
    const repeatOf = pair.repeats === null ? null : (ids[pair.repeats] ?? null);
    const { lastInsertRowid } = insert.run(key, index + 1, pair.promptId, pair.a, pair.b, repeatOf);
    ids.push(Number(lastInsertRowid));
  }
}
