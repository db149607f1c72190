import { describe, expect, test } from 'vitest';
import { toFtsQuery, toIndexText } from './search-text.ts';

describe('search text', () => {
  test.each([
    ['refund', '"refund"*'],
    ['refund ', '"refund"'],
    ['late parcel', '"late" "parcel"*'],
    ['"late parcel" x', '"late parcel" "x"*'],
    ['"unclosed phrase', '"unclosed phrase"'],
    ['NEAR(a b) OR *', '"NEAR(a" "b)" "OR"'],
    ['say""hi', '"say" "hi"*'],
    ['数据', '"数  据"'],
    ['-- ** "', null],
    ['', null],
  ])('%j becomes %j', (typed, query) => {
    expect(toFtsQuery(typed)).toBe(query);
  });

  test('characters of scripts without spaces are words of their own', () => {
    expect(toIndexText('id 数据x')).toBe('id  数  据 x');
  });
});
