import { stat } from 'node:fs/promises';
import { isBatchRequest } from './batch-inputs.ts';
import type { JsonObject } from '../../../shared/features/datasets/read-line.ts';
import type { Codec, Recognition } from '../../../shared/features/formats/formats.model.ts';
import type {
  Column,
  InspectedFile,
  Inspection,
  Recipe,
  SetAside,
  ShapeRecognition,
} from '../../../shared/features/imports/imports.model.ts';
import { unknownProvenance } from '../../../shared/features/imports/provenance.model.ts';
import { suggestMapping } from '../../../shared/features/imports/suggest-mapping.rules.ts';
import { cellText } from '../../../shared/features/imports/template.rules.ts';
import type { ReadChoices, Source } from '../../core/source-rows.ts';
import type { ConvertParts } from './convert-rows.ts';
import type { ImportFile } from './batch-inputs.ts';
import { withJsonCells } from './shape-rows.ts';

export type InspectInput = {
  readonly files: readonly (ImportFile & { readonly fileId: string })[];
  readonly read: ReadChoices;
};
export type InspectParts = ConvertParts & {
  /** The beginning of a file in an encoding, as it would read. */
  previewEncodings(
    file: ImportFile,
    names: readonly string[],
  ): Promise<readonly { name: string; preview: string }[]>;
};

const sampleRows = 200;
const shownRows = 8;
const maxShownCharacters = 20_000;
const sureFrom = 0.75;
const likelyFrom = 0.5;

/** Finds out what the files of an import hold, from their first rows. Job `imports.inspect`. */
export function createInspectJob(parts: InspectParts) {
  return async (input: InspectInput): Promise<Inspection> => {
    const files: InspectedFile[] = [];
    const rows: JsonObject[] = [];
    const requests: JsonObject[] = [];
    const setAside: SetAside[] = [];
    const columns = new Set<string>();
    let isTable = false;
    for (const file of input.files) {
      const source = await parts.openSource(file, input.read);
      try {
        files.push(await inspected(file, source, parts));
        isTable ||= source.columns !== null;
        for (const name of source.columns ?? []) columns.add(name);
        if (rows.length < sampleRows) await sample(source, { rows, requests, setAside, file: file.name });
      } finally {
        await source.close();
      }
    }
    // The requests of a batch only go with its answers; without those they are all there is.
    if (rows.length === 0) rows.push(...requests);
    for (const row of rows) for (const name of Object.keys(row)) columns.add(name);
    const described = [...columns].slice(0, 400).map((name) => columnOf(name, rows));
    const recognitions = recognise(rows, parts.codecs, isTable);
    const [best] = recognitions;
    const hasDoubt =
      files.some(({ encoding }) => encoding !== null && !encoding.isUtf8) && input.read.encoding === null;
    const suggestion: Recipe = {
      read: input.read,
      shaping:
        best && best.confidence >= likelyFrom
          ? { kind: 'shape', shape: best.shape }
          : { kind: 'mapping', mapping: suggestMapping(described) },
      system: null,
      provenance: unknownProvenance,
    };
    return {
      files,
      columns: described,
      recognitions,
      sample: rows.slice(0, shownRows).map((row) => JSON.stringify(row).slice(0, maxShownCharacters)),
      setAside: setAside.slice(0, 20),
      suggestion,
      isSure: best !== undefined && best.confidence >= sureFrom && !hasDoubt,
    };
  };
}

async function inspected(
  file: InspectInput['files'][number],
  source: Source,
  parts: InspectParts,
): Promise<InspectedFile> {
  const { encoding } = source;
  const others = encoding && !encoding.isUtf8 ? encoding.others : [];
  return {
    fileId: file.fileId,
    name: file.name,
    sizeBytes: (await stat(file.path)).size,
    container: source.container,
    packing: source.packing,
    encoding: encoding && {
      name: encoding.name,
      isUtf8: encoding.isUtf8,
      firstBadByte: encoding.firstBadByte,
      others: [...(await parts.previewEncodings(file, others))],
    },
    delimiter: source.delimiter,
    hasHeader: source.hasHeader,
    parts: [...source.parts],
    notes: [...source.notes],
  };
}

async function sample(
  source: Source,
  into: { rows: JsonObject[]; requests: JsonObject[]; setAside: SetAside[]; file: string },
): Promise<void> {
  for await (const batch of source.rows()) {
    for (const row of batch) {
      if (row.kind === 'row') (isBatchRequest(row.value) ? into.requests : into.rows).push(row.value);
      else {
        const { number: line, byteOffset, code, message, raw } = row;
        into.setAside.push({ file: into.file, line, byteOffset, code, message, raw: raw.slice(0, 2000) });
      }
    }
    if (into.rows.length + into.requests.length + into.setAside.length >= sampleRows) return;
  }
}

function columnOf(name: string, rows: readonly JsonObject[]): Column {
  const texts = rows.map((row) => cellText(row[name])).filter((text) => text.trim() !== '');
  const different = new Set(texts);
  const average = texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length);
  return {
    name,
    filled: texts.length,
    samples: [...different].slice(0, 3).map((text) => text.slice(0, 200)),
    distinct: different.size,
    isLong: average > 60,
  };
}

function recognise(
  rows: readonly JsonObject[],
  codecs: readonly Codec[],
  isTable: boolean,
): ShapeRecognition[] {
  if (rows.length === 0) return [];
  const unfolded = isTable ? rows.map(withJsonCells) : rows;
  const looked = codecs.map((codec): [Codec, Recognition] => [
    codec,
    codec.recognise(codec.name === 'flat-table' ? rows : unfolded),
  ]);
  return looked
    .filter(([, { confidence }]) => confidence > 0)
    .sort(([, a], [, b]) => b.confidence - a.confidence)
    .slice(0, 6)
    .map(([{ name, title }, { confidence, method, why }]) => ({
      shape: name,
      title,
      confidence,
      method,
      why,
    }));
}
