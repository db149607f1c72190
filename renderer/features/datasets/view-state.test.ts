import { expect, test } from 'vitest';
import { exampleFilter } from '../../../shared/features/datasets/filter.model.ts';
import { chipsOf, chipText } from './filter-words.ts';
import { filterOf, isFiltered, noFilter, orderOf, patchOf, toggled, viewState } from './view-state.ts';

test('an address that makes no sense is the plain page', () => {
  const state = viewState.parse({ codes: 7, splits: ['nowhere'], open: 'x', tab: 3, without: [1] });
  expect(state).toEqual(viewState.parse({}));
  expect(exampleFilter.parse(filterOf(state))).toEqual(filterOf(state));
  expect(chipsOf(state)).toEqual([]);
  expect(isFiltered(state)).toBe(false);
});

const busy = viewState.parse({
  codes: ['extra_key', 'special_token'],
  severities: ['error'],
  tags: ['a'],
  without: { tags: ['b'], patterns: [{ source: 'x+', isRegex: true, isCaseSensitive: true }] },
  minTokens: 10,
  maxTokens: 20,
  minMessages: 3,
  edited: true,
});

test('every part of the filter is a chip that takes away just itself', () => {
  expect(chipsOf(busy).map(chipText)).toEqual([
    'finding is Extra key or Forbidden special token',
    'severity is error',
    'tag is a',
    'tag is not b',
    'text does not contain /x+/',
    'tokens 10–20',
    'messages ≥ 3',
    'edited is yes',
  ]);
  for (const chip of chipsOf(busy)) {
    const rest = chipsOf({ ...busy, ...chip.remove }).map(chipText);
    expect(rest).toEqual(
      chipsOf(busy)
        .map(chipText)
        .filter((one) => one !== chipText(chip)),
    );
  }
  expect(chipsOf({ ...busy, ...noFilter })).toEqual([]);
});

test('a chip turns into its opposite and back', () => {
  const tag = chipsOf(busy).find(({ id }) => id === 'tags');
  const turned = { ...busy, ...tag?.flip };
  expect(filterOf(turned).without.tags).toEqual(['b', 'a']);
  expect(filterOf(turned).tags).toEqual([]);
  const back = chipsOf(turned).find(({ id }) => id === 'not tags');
  expect(filterOf({ ...turned, ...back?.flip }).tags).toEqual(['b', 'a']);
});

test('a saved filter gives the same address again', () => {
  const patch = patchOf(filterOf(busy), orderOf(busy));
  expect({ ...viewState.parse({}), ...patch }).toEqual(busy);
});

test('toggling puts in and takes out', () => {
  expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
  expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
});
