import type { RowFile, OpenRowFile } from '../../core/row-files.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { AppFailure } from '../../../shared/failures.ts';
import { textSha256 } from './outcome.job.ts';
import type { VerdictRow } from './verdicts.sql.ts';

export type LineageInput = {
  readonly store: DbAddress;
  readonly datasetId: string;
  readonly withNames: boolean;
  readonly path: string;
};
type LineageParts = {
  openStore(address: DbAddress, options?: { readonly?: boolean }): Db;
  openRowFile: OpenRowFile;
};

const rowsAtOnce = 200;

/** Writes where every row of a made data set came from, as JSON lines. Job `preferences.lineage`. */
export function createLineageJob(parts: LineageParts) {
  return async (input: LineageInput, context: WorkerContext): Promise<{ rows: number }> => {
    const db = parts.openStore(input.store, { readonly: true });
    let file: RowFile | null = null;
    try {
      file = await parts.openRowFile(input.path, 'jsonl');
      const rows = await writeRows(db, { file, input, context });
      await file.commit();
      return { rows };
    } catch (error) {
      await file?.abandon();
      throw error;
    } finally {
      db.close();
    }
  };
}

type StoredRow = {
  line: number;
  pair_id: number;
  preferred_candidate: number;
  rejected_candidate: number | null;
  verdict_ids: string;
};

async function writeRows(
  db: Db,
  { file, input, context }: { file: RowFile; input: LineageInput; context: WorkerContext },
): Promise<number> {
  const page = db.prepare<StoredRow>(
    `SELECT line, pair_id, preferred_candidate, rejected_candidate, verdict_ids FROM preference_outcome_rows
     WHERE dataset_id = ? AND line > ? ORDER BY line LIMIT ${rowsAtOnce}`,
  );
  const total =
    db
      .prepare<{ row_count: number }>('SELECT row_count FROM preference_outcomes WHERE dataset_id = ?')
      .get(input.datasetId)?.row_count ?? 0;
  const nameOf = createNames(input.withNames);
  let done = 0;
  for (let line = 0; ; ) {
    const rows = page.all(input.datasetId, line);
    const last = rows.at(-1);
    if (!last) return done;
    await file.write(rows.map((row) => ({ value: lineageOf(db, row, nameOf), bytes: null })));
    line = last.line;
    done += rows.length;
    context.progress({ done, total, message: '' });
    if (context.isCancelled()) throw cancelled();
  }
}

function cancelled(): AppFailure {
  return new AppFailure('CANCELLED', {
    what: 'The lineage was not written.',
    todo: 'Nothing of it was kept.',
    retry: 'now',
  });
}

/** Reviewers by name, or by a number in the order they first appear. */
function createNames(withNames: boolean): (reviewer: string) => string {
  const numbers = new Map<string, number>();
  return (reviewer) => {
    if (withNames) return reviewer;
    const number = numbers.get(reviewer) ?? numbers.size + 1;
    numbers.set(reviewer, number);
    return `reviewer ${number}`;
  };
}

function lineageOf(db: Db, row: StoredRow, nameOf: (reviewer: string) => string) {
  const ids = JSON.parse(row.verdict_ids) as number[];
  const prompt = db
    .prepare<{ input: string }>(
      'SELECT q.input FROM preference_pairs p JOIN preference_prompts q ON q.id = p.prompt_id WHERE p.id = ?',
    )
    .get(row.pair_id);
  return {
    line: row.line,
    pair: row.pair_id,
    prompt_sha256: textSha256(prompt?.input ?? ''),
    preferred: answerOf(db, row.preferred_candidate),
    rejected: row.rejected_candidate === null ? null : answerOf(db, row.rejected_candidate),
    verdicts: ids.map((id) => verdictOf(db, id, nameOf)),
  };
}

function answerOf(db: Db, candidateId: number) {
  const found = db
    .prepare<{ message: string; source: string; edited_from: number | null }>(
      'SELECT message, source, edited_from FROM preference_candidates WHERE id = ?',
    )
    .get(candidateId);
  const original =
    found?.edited_from === null || found === undefined
      ? null
      : db
          .prepare<{ message: string; source: string }>(
            'SELECT message, source FROM preference_candidates WHERE id = ?',
          )
          .get(found.edited_from);
  return {
    sha256: textSha256(found?.message ?? ''),
    // Who edited an answer is a name of a person; the model that wrote the original is not.
    source: original ? original.source : (found?.source ?? null),
    edited_from_sha256: original ? textSha256(original.message) : null,
  };
}

type Judged = VerdictRow & { is_repeat: number };

function verdictOf(db: Db, verdictId: number, nameOf: (reviewer: string) => string) {
  const row = db
    .prepare<Judged>(
      `SELECT v.*, p.repeat_of IS NOT NULL AS is_repeat FROM preference_verdicts v
       JOIN preference_pairs p ON p.id = v.pair_id WHERE v.id = ?`,
    )
    .get(verdictId);
  if (!row) return null;
  return {
    reviewer: nameOf(row.reviewer),
    role: row.role,
    decided_at: new Date(row.decided_at).toISOString(),
    blind: row.is_blind === 1,
    repeat: row.is_repeat === 1,
    /** As shown: `a` stood left or above. */
    choice: row.choice,
    rating: row.rating,
    strength: row.strength,
    reasons: JSON.parse(row.reasons) as string[],
    elapsed_ms: row.elapsed_ms,
    origin: row.origin,
    edited: row.ideal_candidate !== null,
  };
}
