import { expect, test } from 'vitest';
import { exampleFilter } from '../../../shared/features/datasets/datasets.model.ts';
import { chipsOf, filterOf, noFilter, toggled, viewState } from './view-state.ts';

test('an address that makes no sense is the plain page', () => {
  const state = viewState.parse({ codes: 7, splits: ['nowhere'], open: 'x', tab: 3 });
  expect(state).toEqual(viewState.parse({}));
  expect(exampleFilter.parse(filterOf(state))).toEqual(filterOf(state));
  expect(chipsOf(state)).toEqual([]);
});

test('every part of the filter is a chip that takes away just itself', () => {
  const state = viewState.parse({
    codes: ['extra_key', 'special_token'],
    severities: ['error'],
    tags: ['a'],
    minTokens: 10,
    maxTokens: 20,
    minMessages: 3,
    edited: true,
  });
  const chips = chipsOf(state);
  expect(chips.map(({ label }) => label)).toEqual([
    'finding: Extra key',
    'finding: Forbidden special token',
    'severity: error',
    'tag: a',
    'tokens: 10–20',
    'messages: ≥ 3',
    'edited',
  ]);
  expect(chips[0]?.remove).toEqual({ codes: ['special_token'] });
  const emptied = chips.reduce((left, { remove }) => ({ ...left, ...remove, codes: [] }), state);
  expect(chipsOf(emptied)).toEqual([]);
  expect(chipsOf({ ...state, ...noFilter })).toEqual([]);
});

test('toggling puts in and takes out', () => {
  expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
  expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
});
