import { createHash } from 'node:crypto';
import type { Detect } from '../../../shared/features/privacy/detect/detector.ts';
import { rulesVersion } from '../../../shared/features/privacy/detect/rule-table.ts';
import { type PlacedDetection, scanValue } from '../../../shared/features/privacy/detect/scan-value.ts';
import { countOfType, gravityOf } from '../../../shared/features/privacy/privacy.rules.ts';
import { valueAt } from '../../../shared/features/datasets/json-pointer.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { ExampleMark, ReplaceMarks, StoredExample } from '../../core/dataset-ports.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { openGroups, recordScan, scanState } from './privacy.sql.ts';
import type { PrivacyWorkerParts } from './worker-parts.ts';

export type ScanInput = {
  store: DbAddress;
  datasetId: string;
  /** This thread's share of the examples: those whose number leaves `index` when divided by `of`. */
  share: { readonly index: number; readonly of: number };
};

export type FinishInput = { store: DbAddress; datasetId: string; at: number };

const chunkExamples = 400;

type Scanned = { example: StoredExample; found: (PlacedDetection & { hash: Uint8Array })[] };

/**
 * Looks at the examples of a share whose content the present rules have not seen. What is written stays when it is cut
 * off; the next run goes on from there. Job `privacy.scan`.
 */
export function createScanJob(parts: PrivacyWorkerParts) {
  return async (input: ScanInput, context: WorkerContext): Promise<{ scanned: number }> => {
    const db = parts.openStore(input.store);
    try {
      const state = scanState(db, input.datasetId, rulesVersion);
      if (!state) return { scanned: 0 };
      const detect = parts.openDetector();
      const isSeen = db.prepare('SELECT 1 FROM privacy_contents WHERE content_id = ? AND rules_version = ?');
      let chunk: Scanned[] = [];
      let scanned = 0;
      const flush = async (): Promise<void> => {
        const full = chunk;
        chunk = [];
        await locked(db, context, () => writeChunk(db, state.key, full));
        scanned += full.length;
        context.progress({ done: scanned, total: state.unscanned, message: 'Looking for personal data' });
      };
      for (const example of parts.streamExamples(db, input.datasetId)) {
        if (example.exampleId % input.share.of !== input.share.index) continue;
        if (isSeen.get(example.contentId, rulesVersion)) continue;
        chunk.push({ example, found: detections(example, detect) });
        if (chunk.length < chunkExamples) continue;
        if (context.isCancelled()) throw cancelled();
        await flush();
      }
      await flush();
      return { scanned };
    } finally {
      db.close();
    }
  };
}

/** Writes down that all shares were looked at, and makes the data set's marks anew. Job `privacy.finish-scan`. */
export function createFinishJob(parts: PrivacyWorkerParts) {
  return async ({ store, datasetId, at }: FinishInput, context: WorkerContext): Promise<void> => {
    const db = parts.openStore(store);
    try {
      const state = scanState(db, datasetId, rulesVersion);
      if (!state) return;
      await locked(db, context, () => {
        recordScan(db, datasetId, { rulesVersion, scannedAt: at });
        markOpen(db, datasetId, { key: state.key, replaceMarks: parts.replaceMarks });
      });
    } finally {
      db.close();
    }
  };
}

/** Runs a change under the store's write lock, in one transaction. */
export async function locked(db: Db, context: WorkerContext, change: () => void): Promise<void> {
  const unlock = await context.lockWriter();
  try {
    db.transaction(change);
  } finally {
    unlock();
  }
}

function cancelled(): AppFailure {
  return new AppFailure('CANCELLED', {
    what: 'The scan was stopped.',
    todo: 'Start it again to go on where it stopped.',
    retry: 'now',
  });
}

function detections(example: StoredExample, detect: Detect): Scanned['found'] {
  const value: unknown = JSON.parse(Buffer.from(example.bytes).toString('utf8'));
  const found: Scanned['found'] = [];
  scanValue(value, detect, (one) => {
    const text = String(valueAt(value, one.pointer)).slice(one.start, one.end);
    const hash = createHash('sha256').update(`${one.type}\n${text}`).digest().subarray(0, 16);
    found.push({ ...one, hash });
  });
  return found;
}

function writeChunk(db: Db, key: number, chunk: readonly Scanned[]): void {
  const forget = db.prepare('DELETE FROM privacy_detections WHERE content_id = ?');
  const seen = db.prepare(
    `INSERT INTO privacy_contents (content_id, rules_version) VALUES (?, ?)
     ON CONFLICT (content_id) DO UPDATE SET rules_version = excluded.rules_version`,
  );
  const insert = db.prepare(
    `INSERT INTO privacy_detections (content_id, ordinal, dataset, example_id, pointer, start, end, type, confidence, gravity,
       rule, rules_version, value_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const { example, found } of chunk) {
    const { contentId, exampleId } = example;
    forget.run(contentId);
    seen.run(contentId, rulesVersion);
    found.forEach(({ pointer, start, end, type, confidence, rule, hash }, ordinal) => {
      const gravity = gravityOf(type, rule);
      insert.run(
        contentId,
        ordinal,
        key,
        exampleId,
        pointer,
        start,
        end,
        type,
        confidence,
        gravity,
        rule,
        rulesVersion,
        hash,
      );
    });
  }
}

/** Makes the marks of a data set anew: one for each type in each string, open detections only. */
export function markOpen(
  db: Db,
  datasetId: string,
  { key, replaceMarks }: { key: number; replaceMarks: ReplaceMarks },
): void {
  replaceMarks(db, { datasetId, source: 'privacy' }, marksOf(db, key));
}

function* marksOf(db: Db, key: number): Generator<ExampleMark> {
  for (const first of openGroups(db, key)) {
    yield {
      exampleId: first.exampleId,
      code: `privacy_${first.type.toLowerCase()}`,
      // Errors are what a provider would reject; personal data is none, whatever it opens.
      severity: first.gravity === 'error' ? 'warning' : 'info',
      pointer: first.pointer,
      message: `${countOfType(first.type, first.count)} found (${first.rule}).`,
      relatedExampleId: null,
    };
  }
}
