import { createHash } from 'node:crypto';
import {
  bodyOf,
  isBatchFull,
  isPicturePlace,
  type ModeratedText,
  moderationCode,
  requestsFor,
  textsOf,
} from '../../../shared/features/quality/moderation.rules.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { ExampleMark } from '../../core/dataset-ports.ts';
import type { DbAddress, WorkerContext } from '../../core/ports.ts';
import type { QualityWorkerParts } from './analyse.job.ts';
import { valueOfBytes } from './analysed-rows.ts';
import { findVerdict, replacePending, saveCheck } from './moderation.sql.ts';

export type ModerationPlanInput = {
  readonly store: DbAddress;
  readonly datasetId: string;
  readonly connectionId: string;
  /** True when the plan was approved and is to be carried out. */
  readonly isKept: boolean;
};

/** What would be sent, exactly: counted over the very bodies of the requests. */
export type ModerationDraft = {
  readonly examples: number;
  readonly checkedBefore: number;
  readonly texts: number;
  readonly pictures: number;
  readonly requests: number;
  readonly bytes: number;
  readonly sha256: string;
};

type Parts = Pick<QualityWorkerParts, 'openStore' | 'examples' | 'replaceMarks'>;
type Waiting = { contentId: number; texts: ModeratedText[] };

/** Works out what a check would send and, once approved, writes down its batches. Job `quality.moderation-plan`. */
export function createModerationPlanJob(parts: Parts) {
  return async (input: ModerationPlanInput, context: WorkerContext): Promise<ModerationDraft> => {
    const db = parts.openStore(input.store);
    try {
      const plan = createPlan();
      let checkedBefore = 0;
      for (const { contentId, bytes } of parts.examples(db, input.datasetId)) {
        if (findVerdict(db, input.connectionId, contentId) !== null) {
          checkedBefore += 1;
          continue;
        }
        if (context.isCancelled()) throw stopped();
        const value = valueOfBytes(bytes);
        plan.add({ contentId, texts: textsOf(value) });
      }
      const { batches, ...counts } = plan.finish();
      if (input.isKept) {
        const unlock = await context.lockWriter();
        try {
          db.transaction(() => replacePending(db, input.datasetId, batches));
        } finally {
          unlock();
        }
      }
      return { ...counts, checkedBefore };
    } finally {
      db.close();
    }
  };
}

/** Deals examples into batches and counts what their requests are made of. */
function createPlan() {
  const batches: number[][] = [];
  const hash = createHash('sha256');
  let open: Waiting[] = [];
  let size = { texts: 0, characters: 0 };
  let examples = 0;
  let texts = 0;
  let pictures = 0;
  let requests = 0;
  let bytes = 0;
  const close = (): void => {
    if (open.length === 0) return;
    // The order in which the batch is read again when it is sent.
    open.sort((a, b) => a.contentId - b.contentId);
    for (const request of requestsFor(open.map((one) => one.texts))) {
      const body = bodyOf(request);
      hash.update(body);
      bytes += Buffer.byteLength(body);
      requests += 1;
      if ('picture' in request) pictures += 1;
      else texts += request.length;
    }
    batches.push(open.map(({ contentId }) => contentId));
    open = [];
    size = { texts: 0, characters: 0 };
  };
  return {
    add(example: Waiting): void {
      examples += 1;
      open.push(example);
      size.texts += example.texts.length;
      for (const { text } of example.texts) size.characters += text.length;
      if (isBatchFull(size.texts, size.characters)) close();
    },
    finish() {
      close();
      return { batches, examples, texts, pictures, requests, bytes, sha256: hash.digest('hex') };
    },
  };
}

export type ModerationMarksInput = {
  readonly store: DbAddress;
  readonly datasetId: string;
  readonly connectionId: string;
  readonly connectionName: string;
  readonly host: string;
  readonly at: number;
};

/** Turns what a connection said of the examples as they are now into their marks. Job `quality.moderation-marks`. */
export function createModerationMarksJob(parts: Parts) {
  return async (input: ModerationMarksInput, context: WorkerContext): Promise<void> => {
    const { datasetId, connectionId, connectionName, host, at } = input;
    const db = parts.openStore(input.store);
    try {
      const marks: ExampleMark[] = [];
      let examples = 0;
      let flagged = 0;
      for (const { exampleId, contentId } of parts.examples(db, datasetId)) {
        const flags = findVerdict(db, connectionId, contentId);
        if (flags === null) continue;
        examples += 1;
        if (flags.length > 0) flagged += 1;
        for (const { pointer, category, score } of flags) {
          marks.push({
            exampleId,
            code: moderationCode(category),
            severity: 'warning',
            pointer,
            message: `The moderation of ${connectionName} flags this ${isPicturePlace(pointer) ? 'picture' : 'text'} for ${category} (score ${score.toFixed(2)}).`,
            relatedExampleId: null,
          });
        }
      }
      const unlock = await context.lockWriter();
      try {
        db.transaction(() => {
          parts.replaceMarks(db, { datasetId, source: 'moderation' }, marks);
          saveCheck(db, datasetId, { connectionName, host, examples, flagged, endedAt: at });
        });
      } finally {
        unlock();
      }
    } finally {
      db.close();
    }
  };
}

function stopped(): AppFailure {
  return new AppFailure('CANCELLED', {
    what: 'Cancelled.',
    todo: 'Nothing was sent.',
    retry: 'now',
  });
}
