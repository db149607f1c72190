import { z } from 'zod';
import { severity } from '../../../shared/features/datasets/datasets.model.ts';
import {
  type ExampleFilter,
  type ExampleOrder,
  type FilterLists,
  noLists,
} from '../../../shared/features/datasets/filter.model.ts';
import { reviewState } from '../../../shared/features/datasets/review.model.ts';
import { textPattern } from '../../../shared/features/datasets/text-pattern.ts';

/** A list in the address: what makes no sense there is left out. */
function list<Item extends z.ZodType>(item: Item) {
  return z.array(item).catch([]).default([]);
}

const words = list(z.string());
const bound = z.number().int().nullable().catch(null).default(null);

const lists = {
  codes: words,
  severities: list(severity),
  splits: list(z.enum(['train', 'validation', 'test', 'unassigned'])),
  tags: words,
  labels: words,
  roles: words,
  tools: words,
  statuses: list(reviewState),
  reviewers: words,
  comments: list(z.enum(['open', 'resolved'])),
  provenance: words,
  patterns: list(textPattern),
};

/** What the address of a data set's page says: what is shown, what is open. */
export const viewState = z.object({
  ...lists,
  tab: z.string().catch('examples').default('examples'),
  text: z.string().catch('').default(''),
  without: z.object(lists).catch(noLists).default(noLists),
  minTokens: bound,
  maxTokens: bound,
  minMessages: bound,
  maxMessages: bound,
  edited: z.boolean().nullable().catch(null).default(null),
  by: z.enum(['position', 'tokens', 'findings', 'relevance']).catch('position').default('position'),
  down: z.boolean().catch(false).default(false),
  open: z.number().int().nullable().catch(null).default(null),
  /** The example that the open one is compared with. */
  against: z.number().int().nullable().catch(null).default(null),
});
export type ViewState = z.output<typeof viewState>;
export type ViewPatch = Partial<ViewState>;
export type ListKey = keyof FilterLists;

/** The kinds of lists a filter has, in the order of menus and chips. */
export const listKeys = Object.keys(lists) as ListKey[];

function listsOf(state: FilterLists): FilterLists {
  const { codes, severities, splits, tags, labels, roles, tools, statuses, reviewers, comments } = state;
  const { provenance, patterns } = state;
  return {
    codes,
    severities,
    splits,
    tags,
    labels,
    roles,
    tools,
    statuses,
    reviewers,
    comments,
    provenance,
    patterns,
  };
}

/** The filter the core understands. */
export function filterOf(state: ViewState): ExampleFilter {
  return {
    ...listsOf(state),
    text: state.text.slice(0, 400),
    without: listsOf(state.without),
    tokens: { min: state.minTokens, max: state.maxTokens },
    messages: { min: state.minMessages, max: state.maxMessages },
    isEdited: state.edited,
  };
}

/** The order the core understands. */
export function orderOf(state: ViewState): ExampleOrder {
  return { by: state.by, isDescending: state.down };
}

/** The address that shows a filter in an order, e.g. a saved one. */
export function patchOf(filter: ExampleFilter, order: ExampleOrder): ViewPatch {
  return {
    ...listsOf(filter),
    text: filter.text,
    without: filter.without,
    minTokens: filter.tokens.min,
    maxTokens: filter.tokens.max,
    minMessages: filter.messages.min,
    maxMessages: filter.messages.max,
    edited: filter.isEdited,
    by: order.by,
    down: order.isDescending,
  };
}

/** Nothing filtered; the rest of the address stays. */
export const noFilter: ViewPatch = {
  ...noLists,
  text: '',
  without: noLists,
  minTokens: null,
  maxTokens: null,
  minMessages: null,
  maxMessages: null,
  edited: null,
};

/** True when something is left out. */
export function isFiltered(state: ViewState): boolean {
  const has = (one: FilterLists): boolean => listKeys.some((key) => one[key].length > 0);
  const { text, minTokens, maxTokens, minMessages, maxMessages, edited } = state;
  const ranges = [minTokens, maxTokens, minMessages, maxMessages, edited];
  return text !== '' || has(state) || has(state.without) || ranges.some((one) => one !== null);
}

/** A list with a value put in, or taken out when it is there already. */
export function toggled<Value>(values: readonly Value[], value: Value): Value[] {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
}
