import type { JsonObject } from '../../../shared/features/datasets/read-line.ts';
import type { Recipe } from '../../../shared/features/imports/imports.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import { keptRawBytes, oneByOne, type OpenSource, type SourceRow } from '../../core/source-rows.ts';

/** Text of questions that is held in memory at most, in UTF-16 units. */
const maxHeld = 256 * 1024 * 1024;

/** True for a line of a batch's input: a request by its `custom_id`, not answered yet. */
export function isBatchRequest(row: JsonObject): boolean {
  const { custom_id: id, body, response } = row;
  return typeof id === 'string' && typeof body === 'object' && body !== null && response === undefined;
}

/** A file of an import, under the name its user knows. */
export type ImportFile = { readonly path: string; readonly name: string };

/** The requests of a batch, by `custom_id`, as JSON; each is answered once. */
export type BatchRequests = {
  /** The files they are in: these hold no answers and come last. */
  readonly files: ReadonlySet<ImportFile>;
  /** An output line with its request beside it; as it is when none is known. */
  joined(row: SourceRow): SourceRow;
  /** A row of an input file that nothing answered, to be set aside; null for one that was answered. */
  unanswered(row: SourceRow): SourceRow | null;
};

/**
 * Reads the input files among the files of a batch import; null where there are none. Throws FILE_UNREADABLE when their
 * questions need more memory than an import gets.
 */
export async function readBatchRequests(
  input: { files: readonly ImportFile[]; recipe: Recipe },
  openSource: OpenSource,
): Promise<BatchRequests | null> {
  const { files, recipe } = input;
  if (recipe.shaping.kind !== 'shape' || recipe.shaping.shape !== 'batch-output' || files.length < 2)
    return null;
  const requests = new Map<string, string>();
  const found = new Set<ImportFile>();
  for (const file of files) {
    if (await holdRequests(file, { openSource, recipe, requests })) found.add(file);
  }
  return found.size > 0 ? answering(found, requests) : null;
}

type Reading = { openSource: OpenSource; recipe: Recipe; requests: Map<string, string> };

/** Holds the requests of an input file; false for another kind of file, by its first row. */
async function holdRequests(file: ImportFile, { openSource, recipe, requests }: Reading): Promise<boolean> {
  const source = await openSource(file, recipe.read);
  try {
    let isInput = false;
    let held = 0;
    for (const text of requests.values()) held += text.length;
    for await (const row of oneByOne(source.rows())) {
      if (row.kind !== 'row') continue;
      if (!isInput && !isBatchRequest(row.value)) return false;
      isInput = true;
      const text = JSON.stringify(row.value.body ?? null);
      held += text.length;
      if (held > maxHeld) throw tooMany(file);
      requests.set(String(row.value.custom_id), text);
    }
    return isInput;
  } finally {
    await source.close();
  }
}

function answering(files: ReadonlySet<ImportFile>, requests: ReadonlyMap<string, string>): BatchRequests {
  const answered = new Set<string>();
  return {
    files,
    joined(row) {
      if (row.kind !== 'row' || typeof row.value.custom_id !== 'string') return row;
      const text = requests.get(row.value.custom_id);
      if (text === undefined) return row;
      answered.add(row.value.custom_id);
      return { ...row, value: { ...row.value, request: JSON.parse(text) as unknown } };
    },
    unanswered(row) {
      if (row.kind !== 'row') return row;
      const { number, byteOffset, value, text } = row;
      const id = String(value.custom_id);
      if (answered.has(id)) return null;
      const message = `None of the output files answers the request “${id.slice(0, 80)}”.`;
      const raw = (text ?? JSON.stringify(value)).slice(0, keptRawBytes);
      return { kind: 'quarantined', number, byteOffset, code: 'batch_unanswered', message, raw };
    },
  };
}

function tooMany({ name }: ImportFile): AppFailure {
  return new AppFailure('FILE_UNREADABLE', {
    what: `The requests of the batch take more than ${maxHeld / 1024 ** 2} Mi characters, more than are kept at once.`,
    where: { file: name },
    todo: 'Import the batch in parts, each output file with its own input file.',
    retry: 'never',
  });
}
