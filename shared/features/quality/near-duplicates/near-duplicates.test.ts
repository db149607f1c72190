import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPrng, type Prng } from '../../../learner/prng.ts';
import { comparableText } from './comparable-text.ts';
import { createJaccard } from './jaccard.ts';
import { findNearGroups } from './near-groups.ts';
import { createSketcher, planSketches } from './sketch.ts';
import { createSketchTable } from './sketch-table.ts';
import { hashValue } from './value-hash.ts';

/** Jaccard by sets of strings, written without any hash. */
function plainJaccard(one: string, other: string, length: number): number {
  const setOf = (text: string): Set<string> => {
    const words = text
      .toLowerCase()
      .split(/[^\p{L}\p{N}\p{M}_]+/u)
      .filter((word) => word !== '');
    const width = Math.min(length, words.length);
    if (width === 0) return new Set();
    return new Set(
      words.slice(0, words.length - width + 1).map((_, at) => words.slice(at, at + width).join(' ')),
    );
  };
  const [a, b] = [setOf(one), setOf(other)];
  const shared = [...a].filter((shingle) => b.has(shingle)).length;
  const all = a.size + b.size - shared;
  return all === 0 ? 0 : shared / all;
}

function groupsOf(texts: readonly string[], asked: { shingle?: number; threshold?: number } = {}) {
  const plan = planSketches(asked);
  const table = createSketchTable(plan);
  const sketcher = createSketcher(plan);
  for (const text of texts) {
    const { chunk, at } = table.next();
    sketcher.sketch(text, chunk, at);
  }
  return findNearGroups({ plan, table, firstOf: (row) => row, textOf: (row) => texts[row] ?? '' });
}

const vocabulary = Array.from({ length: 4000 }, (_, index) => `w${(index * 7919) % 100_003}`);
const wordOf = (random: Prng): string => vocabulary[random.below(vocabulary.length)] ?? '';
const textOf = (random: Prng, words: number): string =>
  Array.from({ length: words }, () => wordOf(random)).join(' ');
const changed = (text: string, share: number, random: Prng): string =>
  text
    .split(' ')
    .map((word) => (random.unit() < share ? wordOf(random) : word))
    .join(' ');

describe('exact Jaccard', () => {
  test('equals the definition by sets of strings', () => {
    const word = fc.constantFrom('a', 'B', 'b', 'ä', 'naïve', 'x1', '…', '!', '\n');
    const text = fc.array(word, { maxLength: 40 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 7 }), (one, other, shingle) => {
        const jaccard = createJaccard(shingle);
        expect(jaccard.of(jaccard.set(one), jaccard.set(other))).toBe(plainJaccard(one, other, shingle));
      }),
    );
  });

  test('a character of a script without spaces is a word', () => {
    const jaccard = createJaccard(2);
    expect(jaccard.of(jaccard.set('包裹在哪里'), jaccard.set('包裹在那里'))).toBe(2 / 6);
    expect(jaccard.of(jaccard.set('𠀀𠀁𠀂'), jaccard.set('𠀀𠀁𠀃'))).toBe(1 / 3);
  });
});

describe('groups of near duplicates', () => {
  test('planted: every pair from 0.8 on is together, and no group goes below 0.6', () => {
    const random = createPrng(7, 'planted');
    const texts = Array.from({ length: 3000 }, () => textOf(random, 20 + random.below(150)));
    const pairs: [number, number][] = [];
    for (let copy = 0; copy < 1500; copy += 1) {
      const from = random.below(3000);
      pairs.push([from, texts.length]);
      texts.push(changed(texts[from] ?? '', 0.005 + random.unit() * 0.06, random));
    }
    const groups = groupsOf(texts);
    const groupOf = new Map(groups.flatMap(({ rows }, group) => rows.map((row) => [row, group] as const)));
    const near = pairs.filter(([a, b]) => plainJaccard(texts[a] ?? '', texts[b] ?? '', 5) >= 0.8);
    const found = near.filter(([a, b]) => groupOf.has(a) && groupOf.get(a) === groupOf.get(b));
    expect(near.length).toBeGreaterThan(500);
    expect(found.length / near.length).toBeGreaterThanOrEqual(0.99);
    const members = groups.flatMap(({ rows: [first = 0, ...others] }) =>
      others.map((row) => plainJaccard(texts[first] ?? '', texts[row] ?? '', 5)),
    );
    const precise = members.filter((similarity) => similarity >= 0.6).length / members.length;
    expect(precise).toBeGreaterThanOrEqual(0.995);
  });

  test('texts of one template do not hide the copies among them', () => {
    const random = createPrng(8, 'template');
    const frame = textOf(random, 40);
    const texts = Array.from({ length: 2000 }, () => `${frame} ${textOf(random, 22)}`);
    for (let copy = 0; copy < 100; copy += 1) texts.push(`${texts[copy * 20] ?? ''} indeed`);
    const groupOf = new Map(
      groupsOf(texts).flatMap(({ rows }, group) => rows.map((row) => [row, group] as const)),
    );
    const together = Array.from({ length: 100 }, (_, copy) => copy).filter(
      (copy) => groupOf.get(copy * 20) !== undefined && groupOf.get(copy * 20) === groupOf.get(2000 + copy),
    );
    expect(together.length).toBeGreaterThanOrEqual(99);
  });

  test('the similarity is the smallest with the first row, and a chain is cut', () => {
    const words = Array.from({ length: 120 }, (_, index) => `v${index}`);
    const shifted = (by: number): string => words.slice(by, by + 60).join(' ');
    const [group, ...more] = groupsOf([shifted(0), shifted(3), shifted(8), shifted(16), shifted(22)]);
    expect(group?.rows).toEqual([0, 1, 2]);
    expect(group?.similarity).toBe(plainJaccard(shifted(0), shifted(8), 5));
    expect(more.map(({ rows }) => rows)).toEqual([[3, 4]]);
  });

  test('short texts, texts without words and differences in case', () => {
    expect(groupsOf(['Yes!', 'no', 'yes', '', '…', 'NO.']).map(({ rows }) => rows)).toEqual([
      [0, 2],
      [1, 5],
    ]);
  });

  test('threshold and shingle length are the asker’s', () => {
    const [one, other] = ['a b c d e f g h i j', 'a b c d e f g h i x'];
    expect(groupsOf([one, other])).toEqual([{ rows: [0, 1], similarity: 5 / 7 }]);
    expect(groupsOf([one, other], { threshold: 0.8 })).toEqual([]);
    expect(groupsOf([one, other], { threshold: 0.8, shingle: 1 })).toEqual([
      { rows: [0, 1], similarity: 9 / 11 },
    ]);
  });
});

describe('what is compared', () => {
  test('texts of any method, without system prompt, tools, roles, ids and pictures', () => {
    const call = { id: 'call_1', type: 'function', function: { name: 'find', arguments: '{"x":1}' } };
    const sft = {
      messages: [
        { role: 'system', content: 'Be kind.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Hi' },
            { type: 'image_url', image_url: { url: 'data:x' } },
          ],
        },
        { role: 'assistant', tool_calls: [call] },
        { role: 'tool', tool_call_id: 'call_1', content: 'found' },
      ],
      tools: [{ type: 'function', function: { name: 'find', description: 'Finds.' } }],
    };
    expect(comparableText(sft)).toBe('Hi\nfind\n{"x":1}\nfound');
    const dpo = {
      input: { messages: [{ role: 'user', content: 'Hi' }] },
      preferred_output: [{ role: 'assistant', content: 'Hello' }],
      non_preferred_output: [{ role: 'assistant', content: 'What?' }],
    };
    expect(comparableText(dpo)).toBe('Hi\nHello\nWhat?');
    expect(comparableText({ instruction: 'Add', input: '1 2', output: '3' })).toBe('Add\n1 2\n3');
    expect(
      comparableText({
        conversations: [
          { from: 'system', value: 'S' },
          { from: 'gpt', value: 'A' },
        ],
      }),
    ).toBe('A');
  });

  test('equal values have equal hashes in any order of keys', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value: unknown = JSON.parse(text);
        const reversed: unknown = JSON.parse(text, (_, one: unknown) =>
          typeof one === 'object' && one !== null && !Array.isArray(one)
            ? Object.fromEntries(Object.entries(one).toReversed())
            : one,
        );
        expect(hashValue(reversed)).toEqual(hashValue(value));
      }),
    );
    const values = [
      0,
      '0',
      null,
      'null',
      [],
      {},
      [[]],
      [{}],
      { a: 1 },
      { a: '1' },
      { b: 1 },
      { a: 1, b: 1 },
      [1, 2],
      [2, 1],
    ];
    expect(new Set(values.map((value) => hashValue(value).join())).size).toBe(values.length);
  });
});
