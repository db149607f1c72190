import type {
  PricedModel,
  PriceSubject,
  TrainingMethod,
} from '../../../shared/features/costs/costs.model.ts';
import type { Tone } from '../../ui/badge.tsx';
import { formatCount, formatDate } from '../../ui/format.ts';

/** One text for a provider and a model, for lists and the address. */
export function modelKey(model: { provider: string; id: string }): string {
  return `${model.provider}:${model.id}`;
}

/** How a model's training is called on screen. */
export const methodNames: Record<TrainingMethod, string> = {
  supervised: 'Supervised (SFT)',
  dpo: 'Preference (DPO)',
  reinforcement: 'Reinforcement (RFT)',
};

const providerNames: Record<string, string> = {
  openai: 'OpenAI',
  azure: 'Microsoft Foundry',
  practice: 'Practice',
};

/** A provider's name for people. */
export function providerName(provider: string): string {
  return providerNames[provider] ?? provider;
}

/** A day as YYYY-MM-DD in the reader's own notation; never shifted by a time zone. */
export function dayText(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return formatDate(new Date(year, month - 1, date).getTime());
}

/** How urgent an end is: past, within two months, or further away. */
export function endTone(daysLeft: number | null): Tone {
  if (daysLeft === null) return 'neutral';
  if (daysLeft < 0) return 'ruby';
  return daysLeft <= 60 ? 'amber' : 'neutral';
}

/** `47 days left`, `ended 28 days ago`, `no end known`. */
export function daysLeftText(daysLeft: number | null): string {
  if (daysLeft === null) return 'no end known';
  if (daysLeft < 0) return `ended ${formatCount(-daysLeft, 'day')} ago`;
  return daysLeft === 0 ? 'last day' : `${formatCount(daysLeft, 'day')} left`;
}

/** True while jobs can be created and a price per token is on file. */
export function isPayable(model: PricedModel): boolean {
  return model.trainingPrice?.unit === '1M_tokens' && (model.trainingDaysLeft ?? 0) >= 0;
}

/** Names of the prices of using a model, in the order they are shown. */
export const usageNames: readonly (readonly [PriceSubject, string])[] = [
  ['tuned_input', 'Input'],
  ['tuned_cached_input', 'Cached input'],
  ['tuned_output', 'Output'],
  ['tuned_batch_input', 'Batch input'],
  ['tuned_batch_cached_input', 'Batch cached input'],
  ['tuned_batch_output', 'Batch output'],
];

/** A price of using the model, in micro-USD per million tokens; null when none is on file. */
export function usagePrice(model: PricedModel, what: PriceSubject): number | null {
  return model.inferencePrices.find((one) => one.what === what)?.price.microUsdPerUnit ?? null;
}
