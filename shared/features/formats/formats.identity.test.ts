import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyExample } from '../../../tests/helpers/any-example.ts';
import { noLimits } from './codec.ts';
import type { CanonicalExample, Codec } from './formats.model.ts';
import { codecs } from './formats.registry.ts';
import { isObject } from './json-values.ts';

const targets = Object.values(codecs).filter((codec) => codec.write !== null);

/** What a row of JSON is after it was on disk. */
function stored(row: unknown): Record<string, unknown> {
  const value: unknown = JSON.parse(JSON.stringify(row));
  if (!isObject(value)) throw new Error('not an object');
  return value;
}

function written(codec: Codec, one: CanonicalExample) {
  return codec.write?.(one, noLimits) ?? { kind: 'skipped' as const, reason: '' };
}

/** The example that a codec reads out of what it wrote; null when the row was left out. */
function roundTrip(codec: Codec, one: CanonicalExample) {
  const outcome = written(codec, one);
  if (outcome.kind === 'skipped') return null;
  const back = codec.read(stored(outcome.row));
  return { outcome, back };
}

describe.each(targets.map((codec) => [codec.name, codec] as const))('%s', (_name, codec) => {
  it('reads back what it wrote, unless it said what is lost', () => {
    fc.assert(
      fc.property(anyExample, (one) => {
        const trip = roundTrip(codec, one);
        if (trip === null || trip.outcome.losses.length > 0) return;
        expect(trip.back).toEqual({ kind: 'example', example: stored(one), losses: [] });
      }),
      { numRuns: 400 },
    );
  });

  it('reads what it wrote, whatever was lost', () => {
    fc.assert(
      fc.property(anyExample, (one) => {
        const trip = roundTrip(codec, one);
        if (trip !== null) expect(trip.back).toMatchObject({ kind: 'example' });
      }),
      { numRuns: 200 },
    );
  });

  it('never throws, whatever a row is', () => {
    const row = fc.dictionary(
      fc.constantFrom(
        'messages',
        'input',
        'preferred_output',
        'non_preferred_output',
        'prompt',
        'completion',
        'chosen',
        'rejected',
        'conversations',
        'instruction',
        'output',
        'system',
        'tools',
        'images',
        'history',
        'x',
      ),
      fc.oneof(
        fc.jsonValue(),
        fc.array(
          fc.dictionary(fc.constantFrom('role', 'content', 'from', 'value', 'tool_calls'), fc.jsonValue()),
        ),
      ),
    );
    fc.assert(
      fc.property(row, (one) => {
        const outcome = codec.read(one);
        if (outcome.kind === 'example') written(codec, outcome.example);
        codec.recognise([one]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('every pair of formats', () => {
  it('gives the same example after going through both, unless something was said to be lost', () => {
    const pair = fc.tuple(fc.constantFrom(...targets), fc.constantFrom(...targets), anyExample);
    let compared = 0;
    fc.assert(
      fc.property(pair, ([a, b, one]) => {
        const first = roundTrip(a, one);
        if (first?.back.kind !== 'example' || first.outcome.losses.length > 0) return;
        const second = roundTrip(b, first.back.example);
        if (second?.back.kind !== 'example' || second.outcome.losses.length > 0) return;
        const third = roundTrip(a, second.back.example);
        compared += 1;
        expect(third?.outcome.kind === 'row' && stored(third.outcome.row)).toEqual(stored(first.outcome.row));
      }),
      { numRuns: 3000 },
    );
    expect(compared).toBeGreaterThan(300);
  });
});

describe('formats that are the same in other words', () => {
  it.each([
    'openai-sft',
    'trl',
    'sharegpt',
    'axolotl',
    'alpaca',
    'llama-factory',
    'together',
    'fireworks',
    'flat-table',
  ] as const)('%s keeps a conversation of texts whole', (name) => {
    const messages = [
      { role: 'system', content: 'Kurz und klar.' },
      { role: 'user', content: 'Wo ist mein Paket?' },
      { role: 'assistant', content: '' },
      { role: 'user', content: '=1+1 🙂' },
      { role: 'assistant', content: 'Zwei.' },
    ];
    const one: CanonicalExample = { method: 'sft', value: { messages }, extra: {} };
    const trip = roundTrip(codecs[name], one);
    expect(trip?.outcome.losses).toEqual([]);
    expect(trip?.back).toEqual({ kind: 'example', example: one, losses: [] });
  });
});
