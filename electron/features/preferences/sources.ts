import {
  type CandidateRow,
  hasCandidates,
  readCandidates,
  readChat,
  readPair,
  readPairRow,
  type SourcedAnswer,
} from '../../../shared/features/preferences/candidate-rows.rules.ts';
import { promptInput, type PreferenceKind } from '../../../shared/features/preferences/preferences.model.ts';
import { contentHash } from '../../../shared/features/datasets/content-hash.ts';
import type { Line } from '../../../shared/features/datasets/line-splitter.ts';
import { type DecodeUtf8, type JsonObject, readLine } from '../../../shared/features/datasets/read-line.ts';
import type { Codec } from '../../../shared/features/formats/formats.model.ts';
import { codecs, recogniseShapes } from '../../../shared/features/formats/formats.registry.ts';
import type { ExampleStream } from '../../core/dataset-ports.ts';
import type { AnsweredItems } from '../../core/feature-ports.ts';
import type { Db } from '../../core/ports.ts';
import { type GeneratedSource, readGenerated } from './generated-source.ts';
import type { SourceRow } from './source-row.ts';

/** What a set is made from, with everything looked up that a worker cannot. */
export type ResolvedSource =
  | { readonly kind: 'dataset'; readonly datasetId: string; readonly name: string }
  | {
      readonly kind: 'two_datasets';
      readonly datasetIds: readonly [string, string];
      readonly names: readonly [string, string];
    }
  | { readonly kind: 'evaluation'; readonly evalId: string; readonly models: readonly [string, string] }
  | { readonly kind: 'file'; readonly path: string; readonly sizeBytes: number }
  | GeneratedSource;

export type SourceParts = {
  readonly examples: ExampleStream;
  readonly items: AnsweredItems;
  readonly readLines: (
    part: { path: string; start: number; end: number },
    onLine: (line: Line) => void,
  ) => number;
  readonly decode: DecodeUtf8;
};

type Rows = Generator<SourceRow, void, void>;

export type Reading = {
  readonly parts: SourceParts;
  readonly db: Db;
  readonly kind: PreferenceKind;
  /** May stop the reading by throwing. */
  readonly tell: (done: number) => void;
};

const tellEvery = 500;
const sampleRows = 200;
const partBytes = 4 * 1024 * 1024;
const mostRawCharacters = 4000;

/** Reads a source from its start to its end, a step at a time; for pairs, prompts with a single answer are set aside. */
export function* readSource(reading: Reading, source: ResolvedSource): Rows {
  for (const one of rowsOf(reading, source)) {
    yield reading.kind === 'pairs' ? { ...one, row: paired(one.row) } : one;
  }
}

function rowsOf(reading: Reading, source: ResolvedSource): Rows {
  if (source.kind === 'dataset') return readDataset(reading, source);
  if (source.kind === 'two_datasets') return readTwoDatasets(reading, source);
  if (source.kind === 'evaluation') return readEvaluation(reading, source);
  if (source.kind === 'generated') return readGenerated(reading, source);
  return readFile(reading, source);
}

function paired(row: CandidateRow): CandidateRow {
  if ('problem' in row || row.candidates.length > 1) return row;
  return { problem: 'There is one answer only; a pair needs two.' };
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

function* valuesOf(
  { parts, db, tell }: Reading,
  datasetId: string,
): Generator<{ line: number; value: JsonObject; raw: string }> {
  let done = 0;
  for (const { line, bytes } of parts.examples(db, datasetId)) {
    const raw = textOf(bytes);
    // What is stored as an example was parsed as a JSON object when it came in.
    yield { line, value: JSON.parse(raw) as JsonObject, raw };
    done += 1;
    if (done % tellEvery === 0) tell(done);
  }
}

function* readDataset(reading: Reading, source: { datasetId: string; name: string }): Rows {
  for (const { line, value, raw } of valuesOf(reading, source.datasetId)) {
    const row = value['preferred_output'] === undefined ? readChat(value, source.name) : readPair(value);
    yield { line, row, raw: cut(raw) };
  }
}

const cut = (raw: string): string => raw.slice(0, mostRawCharacters).toWellFormed();
const keyOf = (value: unknown): string => Buffer.from(contentHash(value)).toString('hex');

/** Prompts are the same when their messages and tools are; a prompt that is there twice is paired in its order. */
function* readTwoDatasets(reading: Reading, source: Extract<ResolvedSource, { kind: 'two_datasets' }>): Rows {
  const [firstId, secondId] = source.datasetIds;
  const [firstName, secondName] = source.names;
  const waiting = new Map<string, { line: number; raw: string; answers: readonly SourcedAnswer[] }[]>();
  for (const { line, value, raw } of valuesOf(reading, firstId)) {
    const row = readChat(value, firstName);
    if ('problem' in row) {
      yield { line, row: { problem: `In “${firstName}”: ${row.problem}` }, raw: cut(raw) };
      continue;
    }
    const key = keyOf(row.input);
    const alike = waiting.get(key) ?? [];
    alike.push({ line, raw: cut(raw), answers: row.candidates });
    waiting.set(key, alike);
  }
  for (const { line, value, raw } of valuesOf(reading, secondId)) {
    const row = readChat(value, secondName);
    if ('problem' in row) {
      yield { line, row, raw: cut(raw) };
      continue;
    }
    const partner = waiting.get(keyOf(row.input))?.shift();
    const problem = `No example of “${firstName}” asks the same.`;
    yield {
      line,
      row: partner ? { input: row.input, candidates: [...partner.answers, ...row.candidates] } : { problem },
      raw: cut(raw),
    };
  }
  const alone = `No example of “${secondName}” asks the same as this one of “${firstName}”.`;
  for (const alike of waiting.values()) {
    for (const { line, raw } of alike) yield { line, row: { problem: alone }, raw };
  }
}

function* readEvaluation(
  { parts, db, tell }: Reading,
  source: Extract<ResolvedSource, { kind: 'evaluation' }>,
): Rows {
  const [baseModel, tunedModel] = source.models;
  for (const { position, prompt, tools, base, tuned } of parts.items(db, source.evalId)) {
    const input = promptInput.safeParse({ messages: prompt, ...(tools.length > 0 ? { tools } : {}) });
    const line = position + 1;
    const raw = cut(JSON.stringify({ prompt, base, tuned }));
    if (!input.success || base?.role !== 'assistant' || tuned?.role !== 'assistant') {
      yield { line, row: { problem: 'One of the models gave no answer.' }, raw };
    } else {
      const candidates: SourcedAnswer[] = [
        { message: { ...base, role: 'assistant' }, source: baseModel },
        { message: { ...tuned, role: 'assistant' }, source: tunedModel },
      ];
      yield { line, row: { input: input.data, candidates }, raw };
    }
    if (line % tellEvery === 0) tell(line);
  }
}

/** JSON lines of candidates, or of pairs in any shape that is known; a row of the one kind may stand among the other. */
function* readFile(reading: Reading, source: { path: string; sizeBytes: number }): Rows {
  const codec = pairCodec(sampleOf(reading, source));
  for (const { line, value, raw } of linesOf(reading, source)) {
    yield { line, row: rowOfLine(value, codec), raw };
  }
}

function rowOfLine(value: JsonObject | string, codec: Codec | null): CandidateRow {
  if (typeof value === 'string') return { problem: value };
  if (hasCandidates(value)) return readCandidates(value);
  if (codec) return readPairRow(codec, value);
  return { problem: 'This is neither a pair nor a prompt with candidates.' };
}

type FileLine = { line: number; value: JsonObject | string; raw: string };

/** The lines of a file that say something, some megabytes at a time; a text says why a line is no JSON object. */
function* linesOf(
  { parts, tell }: Reading,
  { path, sizeBytes }: { path: string; sizeBytes: number },
): Generator<FileLine, void, void> {
  let before = 0;
  for (let start = 0; start < sizeBytes; start += partBytes) {
    const found: FileLine[] = [];
    const part = { path, start, end: Math.min(sizeBytes, start + partBytes) };
    const count = parts.readLines(part, (line) => {
      const read = readLine(line, parts.decode);
      if (read.kind === 'blank') return;
      const raw = cut(textOf(line.bytes.subarray(0, mostRawCharacters)));
      const value = read.kind === 'example' ? read.value : read.message;
      found.push({ line: before + line.number, value, raw });
    });
    before += count;
    yield* found;
    tell(part.end);
  }
}

function sampleOf(reading: Reading, source: { path: string; sizeBytes: number }): JsonObject[] {
  const rows: JsonObject[] = [];
  for (const { value } of linesOf({ ...reading, tell: () => {} }, source)) {
    if (typeof value === 'string' || hasCandidates(value)) continue;
    if (rows.push(value) >= sampleRows) break;
  }
  return rows;
}

function pairCodec(rows: readonly JsonObject[]): Codec | null {
  const found = recogniseShapes(rows).find(({ method }) => method === 'dpo');
  return found ? codecs[found.shape] : null;
}
