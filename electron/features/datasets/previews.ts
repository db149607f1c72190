import { factsOf } from '../../../shared/features/datasets/analyse-method.ts';
import { rejectedPreview } from '../../../shared/features/datasets/dpo/pair-facts.ts';
import type { Method } from '../../../shared/features/datasets/datasets.model.ts';
import type { JsonObject } from '../../../shared/features/datasets/read-line.ts';

/**
 * What a query selects to show a content in a list, from `contents c` and `examples e`. The previews of long rows are
 * kept; those of all others are read off the content when a page shows them.
 */
export const previewColumns = `c.prompt, c.answer, CASE WHEN c.prompt IS NULL THEN c.bytes END AS bytes,
  (SELECT d.method FROM datasets d WHERE d.key = e.dataset) AS method`;

/** Pairs that are longer are shown without the answer that is not preferred: a list must not wait for them. */
const longestPairBytes = 65_536;

/** The content of a preference pair, to be read by {@link readRejected}; null for all others. */
export const pairColumn = `CASE WHEN length(c.bytes) <= ${longestPairBytes}
  AND (SELECT d.method FROM datasets d WHERE d.key = e.dataset) = 'dpo' THEN c.bytes END AS pair`;

/** One line of the answer that is not preferred; null where there is none to show. */
export function readRejected(pair: Uint8Array | null): string | null {
  return pair === null ? null : rejectedPreview(objectOf(pair));
}

export type PreviewColumns = {
  prompt: string | null;
  answer: string | null;
  bytes: Uint8Array | null;
  method: Method;
};

/** One line each of what is asked and what is answered. */
export function readPreviews(row: PreviewColumns): { prompt: string; answer: string } {
  const { prompt, answer, bytes, method } = row;
  if (bytes) return factsOf(method, objectOf(bytes)).texts.previews();
  return { prompt: prompt ?? '', answer: answer ?? '' };
}

/** The object in the bytes of a content, which were checked when they came in. */
export function objectOf(bytes: Uint8Array): JsonObject {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')) as JsonObject;
}
