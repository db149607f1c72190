import type {
  PreferenceSettings,
  QueueOrder,
} from '../../../shared/features/preferences/preferences.model.ts';

/** The settings of a set while they are written. */
export type SetDraft = {
  readonly isBlind: boolean;
  /** Repeats in per cent of the pairs, 0 to 50. */
  readonly repeatPercent: number;
  readonly order: QueueOrder;
  readonly seed: number;
  /** One name a line, or parted by commas. */
  readonly reviewers: string;
  readonly reviewersPerPair: number;
};

/** What a new set begins with: blind, one pair in twenty comes back, in an order that spreads alike prompts. */
export const firstSettings: SetDraft = {
  isBlind: true,
  repeatPercent: 5,
  order: 'cluster',
  seed: 1,
  reviewers: '',
  reviewersPerPair: 1,
};

/** Names out of a text, each once, in their order; cut to what a set takes. */
export function namesOf(text: string): string[] {
  const names = text
    .split(/[\n,;]/)
    .map((name) => name.trim().slice(0, 60))
    .filter((name) => name !== '');
  return [...new Set(names)].slice(0, 50);
}

/** The draft as the core takes it; what cannot be is brought into its bounds. */
export function settingsOfDraft(draft: SetDraft): PreferenceSettings {
  const within = (value: number, low: number, high: number): number =>
    Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : low;
  const reviewers = namesOf(draft.reviewers);
  const most = reviewers.length > 0 ? Math.min(9, reviewers.length) : 9;
  return {
    seed: Math.round(within(draft.seed, 0, 0xffff_ffff)),
    isBlind: draft.isBlind,
    repeatShare: within(draft.repeatPercent, 0, 50) / 100,
    order: draft.order,
    reviewersPerPair: Math.round(within(draft.reviewersPerPair, 1, most)),
    reviewers,
  };
}
