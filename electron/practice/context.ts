import type { PracticePace } from '../../shared/features/jobs/jobs.model.ts';
import type { Answerer } from './answerer.ts';
import type { PracticeStore, Runner } from './runner.ts';
import type { UsageCounter } from './usage-counter.ts';

/** What the routes share. */
export type PracticeContext = {
  readonly store: PracticeStore;
  readonly runner: Runner;
  readonly answerer: Answerer;
  /** Pace of jobs that nobody has set one for. */
  readonly defaultPace: () => PracticePace;
  readonly now: () => number;
  readonly countUsage: UsageCounter['count'];
  readonly onChange: (jobId: string) => void;
};
