import type { FilterLists } from '../../../shared/features/datasets/filter.model.ts';
import { titleOfFinding } from '../../../shared/features/datasets/mark-codes.ts';
import { provenanceValueWords } from '../../../shared/features/datasets/provenance-words.ts';
import { formatNumber } from '../../ui/format.ts';
import { type ListKey, listKeys, type ViewPatch, type ViewState } from './view-state.ts';

/** What a kind of filter is called, in a chip and in the menu. */
export const listWords: Readonly<Record<ListKey, string>> = {
  codes: 'finding',
  severities: 'severity',
  splits: 'split',
  tags: 'tag',
  labels: 'label',
  roles: 'role',
  tools: 'tool',
  statuses: 'status',
  reviewers: 'reviewer',
  comments: 'comment',
  provenance: 'provenance',
  patterns: 'text',
};

/** A value of a list in words. */
export function valueWords<Key extends ListKey>(key: Key, value: FilterLists[Key][number]): string {
  if (typeof value !== 'string') return value.isRegex ? `/${value.source}/` : `“${value.source}”`;
  if (key === 'provenance') return provenanceValueWords(value);
  return key === 'codes' ? titleOfFinding(value) : value;
}

/** One part of the filter; `flip` turns “is” into “is not”, null where there is no opposite. */
export type FilterChip = {
  readonly id: string;
  readonly kind: ListKey | null;
  readonly word: string;
  readonly relation: string;
  readonly value: string;
  readonly remove: ViewPatch;
  readonly flip: ViewPatch | null;
};

function rangeText(min: number | null, max: number | null): string {
  if (min === null) return `≤ ${formatNumber(max ?? 0)}`;
  if (max === null) return `≥ ${formatNumber(min)}`;
  return min === max ? formatNumber(min) : `${formatNumber(min)}–${formatNumber(max)}`;
}

const verbs = {
  patterns: ['contains', 'does not contain'],
  reviewers: ['decided', 'did not decide'],
  roles: ['speaks', 'does not speak'],
} as const;

function relationOf(key: ListKey, isWithout: boolean): string {
  const [is, isNot] = key in verbs ? verbs[key as keyof typeof verbs] : (['is', 'is not'] as const);
  return isWithout ? isNot : is;
}

function chipOf<Key extends ListKey>(state: ViewState, key: Key, isWithout: boolean): FilterChip | null {
  const here: FilterLists = isWithout ? state.without : state;
  const there: FilterLists = isWithout ? state : state.without;
  const values: readonly FilterLists[Key][number][] = here[key];
  if (values.length === 0) return null;
  const both = [...there[key], ...values];
  const asPatch = (wanted: readonly unknown[], unwanted: readonly unknown[]): ViewPatch => ({
    [key]: wanted,
    without: { ...state.without, [key]: unwanted },
  });
  return {
    id: `${isWithout ? 'not ' : ''}${key}`,
    kind: key,
    word: listWords[key],
    relation: relationOf(key, isWithout),
    value: values.map((one) => valueWords(key, one)).join(' or '),
    remove: isWithout ? asPatch(state[key], []) : asPatch([], state.without[key]),
    flip: isWithout ? asPatch(both, []) : asPatch([], both),
  };
}

/** The parts of the filter as chips, one for each kind and its opposite; the search text has its own field. */
export function chipsOf(state: ViewState): FilterChip[] {
  const chips = listKeys
    .flatMap((key) => [chipOf(state, key, false), chipOf(state, key, true)])
    .filter((chip) => chip !== null);
  const range = (
    id: 'Tokens' | 'Messages',
    word: string,
    bounds: readonly [number | null, number | null],
  ): void => {
    const [min, max] = bounds;
    if (min === null && max === null) return;
    const remove = { [`min${id}`]: null, [`max${id}`]: null };
    const value = rangeText(min, max);
    chips.push({ id, kind: null, word, relation: '', value, remove, flip: null });
  };
  range('Tokens', 'tokens', [state.minTokens, state.maxTokens]);
  range('Messages', 'messages', [state.minMessages, state.maxMessages]);
  if (state.edited !== null) {
    chips.push({
      id: 'edited',
      kind: null,
      word: 'edited',
      relation: 'is',
      value: state.edited ? 'yes' : 'no',
      remove: { edited: null },
      flip: { edited: !state.edited },
    });
  }
  return chips;
}

/** A chip as one text: for names of its parts and for saved views. */
export function chipText({ word, relation, value }: FilterChip): string {
  return [word, relation, value].filter((part) => part !== '').join(' ');
}
