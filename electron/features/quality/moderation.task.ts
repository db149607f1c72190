import {
  answerKey,
  flagsOf,
  type ModerationFlag,
  moderationModel,
  requestsFor,
  textsOf,
} from '../../../shared/features/quality/moderation.rules.ts';
import type { DatasetStates, PrivacyGate } from '../../core/dataset-ports.ts';
import type { Moderated, ProviderRegistry } from '../../core/feature-ports.ts';
import { askPatiently } from '../../core/asking.ts';
import type { Kit } from '../../core/kit.ts';
import type { TaskContext, TaskKind } from '../../core/tasks.ts';
import type { Wait } from '../../core/waiting.ts';
import { valueOfBytes } from './analysed-rows.ts';
import type { ModerationMarksInput } from './moderation.jobs.ts';
import { countPending, keepVerdicts, nextBatch } from './moderation.sql.ts';

/** What carrying out a check needs from outside. */
export type ModerationTaskParts = {
  readonly kit: Kit;
  readonly states: Pick<DatasetStates, 'bytesOf'>;
  readonly providers: ProviderRegistry;
  readonly privacy: PrivacyGate;
  readonly wait: Wait;
};
export type ModerationParams = {
  readonly datasetId: string;
  readonly connectionId: string;
  /** Stands in the ledger at every request of the check. */
  readonly intentId: string;
};

type Context = TaskContext<ModerationParams>;
type Connection = ReturnType<ProviderRegistry['require']>;

/** How many requests are out at once. */
const atOnce = 4;

/**
 * Sends the batches of an approved check, a few at once. Each answer is written down before the next batch is sent, so
 * that a stopped or interrupted check goes on with what has no answer, and nothing else is ever sent.
 */
export function moderationTask(parts: ModerationTaskParts): TaskKind<ModerationParams> {
  return {
    afterCrash: 'resume',
    async run(context) {
      const { datasetId, connectionId } = context.params;
      const connection = parts.providers.require(connectionId);
      if (connection.kind !== 'practice') parts.privacy.requirePassage(datasetId);
      await sendAll(parts, context, connection);
      const input: ModerationMarksInput = {
        store: context.workspace.address,
        datasetId,
        connectionId,
        connectionName: connection.name,
        host: connection.host,
        at: parts.kit.clock.now(),
      };
      await parts.kit.workers.run('quality.moderation-marks', input, {
        signal: context.signal,
        lockWriter: () => context.workspace.lockWriter(),
      });
      parts.kit.changes.emit('datasets');
    },
  };
}

async function sendAll(parts: ModerationTaskParts, context: Context, connection: Connection): Promise<void> {
  const { db } = context.workspace;
  const { datasetId } = context.params;
  const total = countPending(db, datasetId);
  let done = 0;
  let after = -1;
  let isFailed = false;
  const tell = (): void =>
    context.progress({ done, total, unit: 'examples', message: `Asking ${connection.name}` });
  tell();
  const lane = async (): Promise<void> => {
    for (;;) {
      const next = isFailed ? null : nextBatch(db, datasetId, after);
      if (!next) return;
      after = next.batch;
      try {
        await sendBatch(parts, context, { connection, ...next });
      } catch (error) {
        isFailed = true;
        throw error;
      }
      done += next.contentIds.length;
      tell();
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, lane));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}

type Batch = {
  readonly connection: Connection;
  readonly batch: number;
  readonly contentIds: readonly number[];
};

async function sendBatch(parts: ModerationTaskParts, context: Context, batch: Batch): Promise<void> {
  const { connection, contentIds } = batch;
  const bytes = parts.states.bytesOf(context.workspace.db, Uint32Array.from(contentIds));
  const examples = [...bytes].map((one) => textsOf(valueOfBytes(one)));
  const said = new Map<string, Moderated>();
  for (const input of requestsFor(examples)) {
    const request = { model: moderationModel, input, intentId: context.params.intentId };
    const answers = await askPatiently(parts.wait, context.signal, () =>
      connection.provider.moderate(request, context.signal),
    );
    const asked =
      'picture' in input
        ? [{ text: input.picture, isPicture: true as const }]
        : input.map((text) => ({ text }));
    for (const [index, one] of asked.entries()) said.set(answerKey(one), answers[index] ?? []);
  }
  const verdicts = contentIds.map((contentId, index): { contentId: number; flags: ModerationFlag[] } => ({
    contentId,
    flags: flagsOf(examples[index] ?? [], said),
  }));
  const { datasetId, connectionId } = context.params;
  await context.workspace.write((db) =>
    keepVerdicts(db, { datasetId, connectionId, batch: batch.batch }, verdicts),
  );
}
