import type { JsonObject } from '../../../shared/features/datasets/read-line.ts';
import { type ChangePreview, messagesOf, textsOf } from '../../../shared/features/datasets/text-changes.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { cancelled, type DatasetWorkerParts } from './import.job.ts';
import { linesOf } from './lines-of.ts';

export type PreviewInput = {
  readonly store: DbAddress;
  readonly datasetId: string;
  readonly ids: Uint32Array | 'all';
  readonly transform: string;
  readonly parameters: unknown;
  /** Counts all; else stops at {@link shownSamples} differences or {@link quickRows} examples. */
  readonly isWhole: boolean;
};

const shownSamples = 12;
const quickRows = 20_000;
/** Characters shown before and after what changes. */
const around = 90;

/** What a transform would do to examples, without doing it. Job `datasets.preview`. */
export function createPreviewJob(parts: DatasetWorkerParts) {
  return async (input: PreviewInput, context: WorkerContext): Promise<ChangePreview> => {
    const transform = await parts.transforms[input.transform]?.();
    if (!transform) throw new Error(`no transform ${input.transform}`);
    const db: Db = parts.openStore(input.store);
    try {
      const preview: ChangePreview = { samples: [], seen: 0, changed: 0, isDone: true };
      for (const page of linesOf(db, input)) {
        if (context.isCancelled()) throw cancelled();
        for (const { exampleId, position, bytes } of page) {
          preview.seen += 1;
          const before = JSON.parse(Buffer.from(bytes).toString('utf8')) as JsonObject;
          const after = transform(before, input.parameters, { exampleId, position });
          if (after === null) continue;
          preview.changed += 1;
          if (preview.samples.length >= shownSamples) continue;
          preview.samples.push({ exampleId, position, ...firstDifference(before, after) });
        }
        const isEnough = preview.samples.length >= shownSamples || preview.seen >= quickRows;
        if (!input.isWhole && isEnough) return { ...preview, isDone: false };
      }
      return preview;
    } finally {
      db.close();
    }
  };
}

/** The first message that differs: its role, and its text before and after, cut around the difference. */
function firstDifference(
  before: JsonObject,
  after: JsonObject,
): { role: string; before: string; after: string } {
  const old = messagesOf(before);
  const fresh = messagesOf(after);
  const text = (message: JsonObject | undefined): string => (message ? textsOf(message).join('\n') : '');
  if (old.length !== fresh.length) {
    const isAdded = fresh.length > old.length;
    const only = (isAdded ? fresh : old).find(({ role }) => role === 'system' || role === 'developer');
    const shown = text(only).slice(0, around * 3);
    return { role: roleOf(only), before: isAdded ? '' : shown, after: isAdded ? shown : '' };
  }
  const at = old.findIndex((message, index) => text(message) !== text(fresh[index]));
  const [a, b] = [text(old[at]), text(fresh[at])];
  return { role: roleOf(old[at]), ...cutAround(a, b) };
}

function roleOf(message: JsonObject | undefined): string {
  return typeof message?.role === 'string' ? message.role : '';
}

function cutAround(before: string, after: string): { before: string; after: string } {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  const from = Math.max(0, same - around);
  const cut = (text: string): string => {
    const end = Math.min(text.length, same + around * 2);
    return `${from > 0 ? '…' : ''}${text.slice(from, end)}${end < text.length ? '…' : ''}`.toWellFormed();
  };
  return { before: cut(before), after: cut(after) };
}
