import type { CatalogueModel } from '../costs/costs.model.ts';
import { grouped } from '../costs/money.ts';
import type { Method } from '../datasets/datasets.model.ts';
import type { ProviderRules } from '../datasets/provider-rules.model.ts';
import type { QualityCheck } from './quality.model.ts';
import type { ReadinessFacts, ReadinessLine, ReadinessStep } from './readiness.model.ts';

/** What a scorecard is worked out from. */
export type ReadinessInput = {
  readonly facts: ReadinessFacts;
  readonly rules: ProviderRules;
  /** The provider's models, of any method. */
  readonly models: readonly CatalogueModel[];
  /** The last analysis of the quality; null before the first. */
  readonly quality: { readonly checks: readonly QualityCheck[]; readonly isOutdated: boolean } | null;
  /** YYYY-MM-DD. */
  readonly today: string;
};

export type Level = ReadinessLine['level'];
type Said = {
  title: string;
  detail: string;
  count?: number | null;
  steps?: ReadinessStep[];
  source?: string | null;
};

/** One line; what is not said is nothing. */
export function line(id: string, level: Level, said: Said): ReadinessLine {
  const { title, detail, count = null, steps = [], source = null } = said;
  return { id, level, title, detail, count, steps, source };
}

/** How a finding's severity weighs when a data set is to be sent. */
export const levelOf = { error: 'blocking', warning: 'advisable', info: 'fine' } as const;

/** A method as people call it. */
export const methodNames = {
  sft: 'supervised fine-tuning',
  dpo: 'preference tuning (DPO)',
  rft: 'reinforcement fine-tuning (RFT)',
} as const satisfies Record<Method, string>;

/** `1 example`, `2,400 examples`. */
export function plural(count: number, word: string): string {
  return `${grouped(count)} ${word}${count === 1 ? '' : 's'}`;
}
