import { z } from 'zod';
import {
  type ExampleFilter,
  type ExampleOrder,
  severity,
} from '../../../shared/features/datasets/datasets.model.ts';
import { titleOfFinding } from '../../../shared/features/datasets/mark-codes.ts';
import { formatNumber } from '../../ui/format.ts';

const list = z.array(z.string()).catch([]).default([]);
const bound = z.number().int().nullable().catch(null).default(null);

/** What the address of a data set's page says: what is shown, what is open. */
export const viewState = z.object({
  tab: z.string().catch('examples').default('examples'),
  text: z.string().catch('').default(''),
  codes: list,
  severities: z.array(severity).catch([]).default([]),
  splits: z
    .array(z.enum(['train', 'validation', 'test', 'unassigned']))
    .catch([])
    .default([]),
  tags: list,
  labels: list,
  minTokens: bound,
  maxTokens: bound,
  minMessages: bound,
  maxMessages: bound,
  edited: z.boolean().nullable().catch(null).default(null),
  by: z.enum(['position', 'tokens', 'findings']).catch('position').default('position'),
  down: z.boolean().catch(false).default(false),
  open: z.number().int().nullable().catch(null).default(null),
});
export type ViewState = z.output<typeof viewState>;
export type ViewPatch = Partial<ViewState>;

/** The filter the core understands. */
export function filterOf(state: ViewState): ExampleFilter {
  const { text, codes, severities, splits, tags, labels } = state;
  return {
    text: text.slice(0, 400),
    codes,
    severities,
    splits,
    tags,
    labels,
    tokens: { min: state.minTokens, max: state.maxTokens },
    messages: { min: state.minMessages, max: state.maxMessages },
    isEdited: state.edited,
  };
}

/** The order the core understands. */
export function orderOf(state: ViewState): ExampleOrder {
  return { by: state.by, isDescending: state.down };
}

/** Nothing filtered; the rest of the address stays. */
export const noFilter: ViewPatch = {
  text: '',
  codes: [],
  severities: [],
  splits: [],
  tags: [],
  labels: [],
  minTokens: null,
  maxTokens: null,
  minMessages: null,
  maxMessages: null,
  edited: null,
};

export type FilterChip = { id: string; label: string; remove: ViewPatch };

function rangeText(min: number | null, max: number | null): string {
  if (min === null) return `≤ ${formatNumber(max ?? 0)}`;
  if (max === null) return `≥ ${formatNumber(min)}`;
  return min === max ? formatNumber(min) : `${formatNumber(min)}–${formatNumber(max)}`;
}

/** The parts of the filter as chips, each with what takes it away; the search text has its own field. */
export function chipsOf(state: ViewState): FilterChip[] {
  const chips: FilterChip[] = [];
  const each = <Key extends 'codes' | 'severities' | 'splits' | 'tags' | 'labels'>(
    key: Key,
    word: string,
    say: (value: string) => string = (value) => value,
  ): void => {
    for (const value of state[key]) {
      chips.push({
        id: `${key} ${value}`,
        label: `${word}: ${say(value)}`,
        remove: { [key]: state[key].filter((one) => one !== value) },
      });
    }
  };
  each('codes', 'finding', titleOfFinding);
  each('severities', 'severity');
  each('splits', 'split');
  each('tags', 'tag');
  each('labels', 'label');
  if (state.minTokens !== null || state.maxTokens !== null) {
    const label = `tokens: ${rangeText(state.minTokens, state.maxTokens)}`;
    chips.push({ id: 'tokens', label, remove: { minTokens: null, maxTokens: null } });
  }
  if (state.minMessages !== null || state.maxMessages !== null) {
    const label = `messages: ${rangeText(state.minMessages, state.maxMessages)}`;
    chips.push({ id: 'messages', label, remove: { minMessages: null, maxMessages: null } });
  }
  if (state.edited !== null) {
    chips.push({ id: 'edited', label: state.edited ? 'edited' : 'not edited', remove: { edited: null } });
  }
  return chips;
}

/** A list with a value put in, or taken out when it is there already. */
export function toggled<Value>(values: readonly Value[], value: Value): Value[] {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
}
