import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Gathered, Gathering, PlaceCount } from './gather-rows.ts';

type Turn = { number: number; value: { talk: string | null; turn: number }; text: null };

const belonging = {
  goesOn: (row: object, previous: object) =>
    'talk' in row && 'talk' in previous && row.talk !== null && row.talk === previous.talk,
  groupOf: (row: object) => ('talk' in row ? (row.talk as string | null) : null),
};

function gathered(rows: readonly (Turn | { unread: number })[]): Gathered<Turn>[] {
  const places = new PlaceCount();
  for (const row of rows) if (!('unread' in row)) places.add(row.value.talk);
  const gathering = new Gathering<Turn>(belonging, places.scattered);
  const found: (Gathered<Turn> | null)[] = [];
  for (const row of rows) {
    if ('unread' in row) gathering.skip(row.unread);
    else found.push(gathering.take(row));
  }
  return [...found, gathering.end()].filter((one) => one !== null);
}

const row = (number: number, talk: string | null): Turn => ({
  number,
  value: { talk, turn: number },
  text: null,
});

test('however the conversations are mixed, each becomes one example with all its rows in order', () => {
  const talks = fc.array(fc.option(fc.constantFrom('a', 'b', 'c', '__proto__'), { nil: null }), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(talks, (order) => {
      const rows = order.map((talk, index) => row(index + 1, talk));
      const found = gathered(rows);
      const named = found.filter((one) => one.rows[0]?.value.talk !== null);
      expect(named.length).toBe(new Set(order.filter((talk) => talk !== null)).size);
      for (const { rows: own } of named) {
        expect(own).toEqual(rows.filter((one) => one.value.talk === own[0]?.value.talk));
      }
      expect(found.flatMap((one) => one.rows).length).toBe(rows.length);
      const places = found.map(({ at }) => at.number);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }),
  );
});

test('a row that cannot be read is a gap in the conversation around it, and in no other', () => {
  expect(gathered([row(1, 'a'), { unread: 2 }, row(3, 'a'), row(4, 'b')])).toMatchObject([
    { gap: 2, rows: [{ number: 1 }, { number: 3 }] },
    { gap: null, rows: [{ number: 4 }] },
  ]);
  expect(gathered([{ unread: 1 }, row(2, 'a'), { unread: 3 }, row(4, 'b'), { unread: 5 }])).toMatchObject([
    { gap: null },
    { gap: null },
  ]);
  expect(gathered([row(1, 'a'), row(2, 'b'), row(3, 'a'), { unread: 4 }, row(5, 'a')])).toMatchObject([
    { gap: null, at: { number: 2 } },
    { gap: 4, at: { number: 3 }, rows: [{ number: 1 }, { number: 3 }, { number: 5 }] },
  ]);
});
