import { gzipSync } from 'node:zlib';
import type { FoundGroup } from '../../../shared/features/quality/analysis/groups.ts';
import { createProfile, messageOf } from '../../../shared/features/quality/analysis/profile.ts';
import { readConversation } from '../../../shared/features/quality/conversation.ts';
import { comparableText } from '../../../shared/features/quality/near-duplicates/comparable-text.ts';
import { createSketcher, planSketches } from '../../../shared/features/quality/near-duplicates/sketch.ts';
import { createSketchTable } from '../../../shared/features/quality/near-duplicates/sketch-table.ts';
import { hashValue } from '../../../shared/features/quality/near-duplicates/value-hash.ts';
import { type QualityCodeName, qualityCodes } from '../../../shared/features/quality/quality-codes.ts';
import type { AnalysisSettings, QualityProfile } from '../../../shared/features/quality/quality.model.ts';
import type { MarkList } from '../../../shared/features/quality/analysis/mark-list.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { DatasetStates, ExampleMark, ExampleStream, ReplaceMarks } from '../../core/dataset-ports.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { type AnalysedRows, createAnalysedRows, valueOfBytes } from './analysed-rows.ts';
import { findGroups, promptPlan } from './find-groups.ts';
import { insertGroups } from './group-rows.ts';
import { listTerms, replaceProfile } from './quality.sql.ts';

/** What the worker jobs of this feature need from outside; wired in create-worker.ts. */
export type QualityWorkerParts = {
  openStore(address: DbAddress): Db;
  examples: ExampleStream;
  states: DatasetStates;
  replaceMarks: ReplaceMarks;
  /** Loads the dictionary. */
  createEnglishWords(): Promise<(word: string) => boolean>;
};

export type AnalyseInput = {
  readonly store: DbAddress;
  readonly datasetId: string;
  readonly settings: AnalysisSettings;
  /** Examples there are, for the progress. */
  readonly examples: number;
  readonly at: number;
};

/** Looks at every example, finds groups, writes marks and profile in one go. Job `quality.analyse`. */
export function createAnalyseJob(parts: QualityWorkerParts) {
  return async (input: AnalyseInput, context: WorkerContext): Promise<void> => {
    const db = parts.openStore(input.store);
    try {
      const isEnglish = await parts.createEnglishWords();
      const analysis = analyse(db, parts, { input, isEnglish, tell: teller(input, context) });
      const unlock = await context.lockWriter();
      try {
        db.transaction(() => write(db, parts, { input, ...analysis }));
      } finally {
        unlock();
      }
    } finally {
      db.close();
    }
  };
}

/** Says how far the work is, in examples looked at, and stops it when somebody asked for that. */
type Tell = (pass: 'read' | 'compared' | 'asked', done: number) => void;

function teller(input: AnalyseInput, context: WorkerContext): Tell {
  const total = Math.max(1, input.examples) * 4;
  const before = { read: 0, compared: input.examples * 2, asked: input.examples * 3 };
  const words = {
    read: 'Looking at every example',
    compared: 'Comparing examples',
    asked: 'Comparing prompts and answers',
  };
  return (pass, done) => {
    if (context.isCancelled()) {
      throw new AppFailure('CANCELLED', {
        what: 'The analysis was cancelled; what was known before stays.',
        todo: 'Start it again when you like.',
        retry: 'now',
      });
    }
    context.progress({ done: Math.min(before[pass] + done, total), total, message: words[pass] });
  };
}

type Analysis = {
  profile: QualityProfile;
  groups: readonly FoundGroup[];
  rows: AnalysedRows;
  marks: MarkList;
};

const tellEvery = 1000;

function analyse(
  db: Db,
  parts: QualityWorkerParts,
  { input, tell, isEnglish }: { input: AnalyseInput; tell: Tell; isEnglish: (word: string) => boolean },
): Analysis {
  const terms = listTerms(db);
  const own = new Set(terms.filter(({ kind }) => kind === 'word').map(({ term }) => term.toLowerCase()));
  const profile = createProfile({
    isWord: (word) => isEnglish(word) || own.has(word),
    terms,
    compressedBytes: (text) => {
      const bytes = Buffer.from(text);
      return { before: bytes.length, after: gzipSync(bytes).length };
    },
  });
  const plan = planSketches(input.settings);
  const tables = { texts: createSketchTable(plan), prompts: createSketchTable(promptPlan) };
  const sketchers = { texts: createSketcher(plan), prompts: createSketcher(promptPlan) };
  const rows = createAnalysedRows(db, parts.states);
  for (const example of parts.examples(db, input.datasetId)) {
    const value = valueOfBytes(example.bytes);
    const text = comparableText(value);
    profile.add(example.exampleId, example.split, value);
    rows.add(example, text.length, hashValue(value));
    const room = tables.texts.next();
    sketchers.texts.sketch(text, room.chunk, room.at);
    const prompt = tables.prompts.next();
    sketchers.prompts.sketch(readConversation(value).asked, prompt.chunk, prompt.at);
    if (rows.count % tellEvery === 0) tell('read', rows.count * 2);
  }
  const { groups, templated } = findGroups({
    rows,
    plan,
    tables,
    labelAt: (row) => profile.facets.column('labels').of(row),
    tell: (pass, share) => tell(pass, Math.floor(share * input.examples)),
  });
  const result = profile.finish(input.settings, {
    groups,
    templated,
    splitAt: (row) => rows.splitAt(row),
  });
  return { profile: result, groups, rows, marks: profile.marks };
}

function write(
  db: Db,
  parts: QualityWorkerParts,
  { input, profile, groups, rows, marks }: Analysis & { input: AnalyseInput },
): void {
  const { datasetId } = input;
  parts.replaceMarks(db, { datasetId, source: 'quality' }, toExampleMarks(marks));
  replaceProfile(db, datasetId, {
    profile,
    revision: parts.states.revisionOf(db, datasetId) ?? 0,
    stateHash: rows.stateHash(),
    analysedAt: input.at,
  });
  insertGroups(db, datasetId, { groups, rows });
}

function* toExampleMarks(marks: MarkList): Generator<ExampleMark, void, void> {
  for (const { code, detail, ...mark } of marks.marks()) {
    const name: QualityCodeName = code;
    yield { ...mark, code, severity: qualityCodes[name].severity, message: messageOf(name, detail) };
  }
}
