import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonItems, type JsonItem, type JsonItemProblem } from './json-items.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function read(text: string, cut = 0) {
  const found: (JsonItem | JsonItemProblem)[] = [];
  const items = new JsonItems((one) => found.push(one));
  const bytes = encoder.encode(text);
  const step = cut || Math.max(1, bytes.length);
  for (let at = 0; at < bytes.length; at += step) items.push(bytes.subarray(at, at + step));
  items.end();
  return found;
}
const texts = (found: readonly (JsonItem | JsonItemProblem)[]) =>
  found.map((one) => (one.kind === 'item' ? decoder.decode(one.bytes) : one.code));

describe('JSON items', () => {
  test('elements of a list, with place and line', () => {
    const found = read('[\n  {"a": [1, "]"]},\n  {"b": "}\\""} , 7\n]\n');
    expect(texts(found)).toEqual(['{"a": [1, "]"]}', '{"b": "}\\""}', '7']);
    expect(found.map(({ offset, physicalLine }) => [offset, physicalLine])).toEqual([
      [4, 2],
      [23, 3],
      [38, 3],
    ]);
  });

  test('values one after the other, over several lines', () => {
    expect(texts(read('{\n "a": 1\n}\n{"b":\n 2}[3] "x" 4'))).toEqual([
      '{\n "a": 1\n}',
      '{"b":\n 2}',
      '[3]',
      '"x"',
      '4',
    ]);
  });

  test('a cut off list keeps its whole items and says which is not', () => {
    expect(texts(read('[{"a":1},{"b":'))).toEqual(['{"a":1}', 'json_cut_off']);
    expect(texts(read('[{"a":1}'))).toEqual(['json_cut_off']);
    expect(texts(read('[{"a":1},'))).toEqual(['{"a":1}', 'json_cut_off']);
    expect(texts(read('[1] x y'))).toEqual(['1', 'json_trailing']);
  });

  test('rubbish stays with its item', () => {
    expect(texts(read('[{"a":1} oops, {"b":2}, }, 3]'))).toEqual(['{"a":1} oops', '{"b":2}', '}', '3']);
  });

  test('an item longer than 16 MiB is one problem, the next is read', () => {
    const found = read(`["${'x'.repeat(17 * 1024 * 1024)}", 1]`, 1024 * 1024);
    expect(texts(found)).toEqual(['json_item_too_long', '1']);
    expect(found[0]).toMatchObject({ raw: { length: 64 * 1024 } });
  });

  test('property: any list of JSON values comes apart into them, however it is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue()),
        fc.boolean(),
        fc.integer({ min: 1, max: 9 }),
        (list, pretty, cut) => {
          const items = read(JSON.stringify(list, null, pretty ? 2 : 0), cut);
          expect(texts(items).map((text) => JSON.parse(text) as unknown)).toEqual(
            JSON.parse(JSON.stringify(list)),
          );
        },
      ),
    );
  });
});
