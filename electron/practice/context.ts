import type { SftExample } from '../../shared/features/datasets/datasets.model.ts';
import type { PracticePace } from '../../shared/features/jobs/jobs.model.ts';
import type { Answerer } from './answerer.ts';
import type { PracticeStore, Runner } from './runner.ts';

/** The platform's token counts: of messages with tools (training and prompts), and of plain text (answers). */
export type PracticeTokens = { example(example: SftExample): number; text(text: string): number };

/** What the routes share. */
export type PracticeContext = {
  readonly store: PracticeStore;
  readonly runner: Runner;
  readonly answerer: Answerer;
  /** Pace of jobs that nobody has set one for. */
  readonly defaultPace: () => PracticePace;
  readonly now: () => number;
  readonly tokens: PracticeTokens;
  readonly onChange: (jobId: string) => void;
};
