import type { CandidateRow } from '../../../shared/features/preferences/candidate-rows.rules.ts';

/** A prompt with answers, or why a line is none; `raw` is what stood there. */
export type SourceRow = { readonly line: number; readonly row: CandidateRow; readonly raw: string };
