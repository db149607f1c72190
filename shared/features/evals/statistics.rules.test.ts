import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judge, mcnemarExact } from './statistics.rules.ts';

type Golden = { mcnemar: { improved: number; worsened: number; p: number }[] };
const file = new URL('../../../tests/fixtures/statistics.golden.json', import.meta.url);
const golden = JSON.parse(readFileSync(file, 'utf8')) as Golden;

describe('exact McNemar', () => {
  it.each(golden.mcnemar)('$improved improved, $worsened worsened as SciPy', ({ improved, worsened, p }) => {
    expect(mcnemarExact(improved, worsened)).toBeCloseTo(p, 12);
  });

  it('knows the published case b=12, c=5 and the case without differences', () => {
    expect(mcnemarExact(12, 5)).toBeCloseTo(0.143463134765625, 15);
    expect(mcnemarExact(0, 0)).toBe(1);
  });
});

describe('verdict', () => {
  const interval = (low: number, high: number) => ({ estimate: (low + high) / 2, low, high });

  it('says better or worse only when the interval excludes zero', () => {
    expect(judge({ interval: interval(0.01, 0.2), differing: 20, mcnemarP: null })).toBe('better');
    expect(judge({ interval: interval(-0.2, -0.01), differing: 20, mcnemarP: 0.01 })).toBe('worse');
    expect(judge({ interval: interval(0, 0.2), differing: 20, mcnemarP: 0.01 })).toBe('no_evidence');
    expect(judge({ interval: interval(-0.1, 0.2), differing: 20, mcnemarP: 0.01 })).toBe('no_evidence');
  });

  it('wants the exact test and enough differing items to agree', () => {
    expect(judge({ interval: interval(0.01, 0.2), differing: 20, mcnemarP: 0.06 })).toBe('no_evidence');
    expect(judge({ interval: interval(1, 1), differing: 5, mcnemarP: null })).toBe('no_evidence');
  });
});
