import type {
  DetectionView,
  PersonalDataType,
  WhichDetections,
} from '../../../shared/features/privacy/privacy.model.ts';
import type { Db, DbAddress } from '../../core/ports.ts';
import { toView } from './detection-view.ts';
import {
  countOpen,
  countStates,
  type DetectionPage,
  examplesOfOpen,
  pageOfDetections,
  type StateCount,
} from './privacy.sql.ts';

/** A page to read, or only the counts. */
export type ReadInput = { store: DbAddress; key: number; page: DetectionPage | null };
export type ReadResult = { counts: StateCount[]; detections: DetectionView[] };

/** What the screen shows of a data set: counts, and a page of detections with what stands around them. */
export function readDetections(db: Db, key: number, page: DetectionPage | null): ReadResult {
  return {
    counts: countStates(db, key),
    detections: page ? pageOfDetections(db, key, page).map((row) => toView(db, row)) : [],
  };
}

/** The same off the main thread, for data sets with very many detections. Job `privacy.read`. */
export function createReadJob(parts: { openStore(address: DbAddress): Db }) {
  return async ({ store, key, page }: ReadInput): Promise<ReadResult> => {
    const db = parts.openStore(store);
    try {
      return readDetections(db, key, page);
    } finally {
      db.close();
    }
  };
}

/** What an action would be for: how many open detections of each type, and in which examples where that is asked for. */
export type OpenInput = { store: DbAddress; key: number; which: WhichDetections; wantsExamples: boolean };
export type OpenResult = { counts: { type: PersonalDataType; count: number }[]; exampleIds: number[] };

/** Looks up what an action would be for. */
export function readOpen(db: Db, { key, which, wantsExamples }: Omit<OpenInput, 'store'>): OpenResult {
  return {
    counts: countOpen(db, key, which),
    exampleIds: wantsExamples ? examplesOfOpen(db, key, which) : [],
  };
}

/** The same off the main thread. Job `privacy.read-open`. */
export function createOpenJob(parts: { openStore(address: DbAddress): Db }) {
  return async ({ store, ...of }: OpenInput): Promise<OpenResult> => {
    const db = parts.openStore(store);
    try {
      return readOpen(db, of);
    } finally {
      db.close();
    }
  };
}

/** More detections than this are counted and listed by a worker. */
export const manyDetections = 20_000;
