import type { Severity } from './datasets.model.ts';

/** What is known about a kind of finding; `platformSays` is the platform's own answer where that is known. */
export type FindingKind = {
  readonly severity: Severity;
  readonly title: string;
  readonly platformSays?: string;
};

/** A finding for which the platform refuses the file, or that makes the example useless. */
export const error = (title: string, platformSays?: string): FindingKind => ({
  severity: 'error',
  title,
  ...(platformSays ? { platformSays } : {}),
});
/** A finding worth mending that the platform lets pass. */
export const warning = (title: string, platformSays?: string): FindingKind => ({
  severity: 'warning',
  title,
  ...(platformSays ? { platformSays } : {}),
});
/** A finding that only tells. */
export const info = (title: string): FindingKind => ({ severity: 'info', title });
