import { expect, test } from 'vitest';
import type { AgreementFigure, TrustReport } from '../../../shared/features/preferences/trust.model.ts';
import { cycleText, headline, queueAddress } from './trust-words.ts';

const figure = (estimate: number | null, why: AgreementFigure['why'] = null): AgreementFigure => ({
  value: estimate === null ? null : { estimate, low: estimate - 0.12, high: estimate + 0.11 },
  why,
  units: 120,
  draws: 10_000,
  undefinedDraws: 0,
});

function report(reviewers: string[], percent: AgreementFigure, kappa: AgreementFigure): TrustReport {
  const pair = { first: 'ann', second: 'ben', pairs: 120, percent, kappa, weightedKappa: null };
  return {
    verdicts: 240,
    reviewers,
    agreement: {
      overlap: percent.units,
      percent,
      alphaNominal: kappa,
      alphaOrdinal: kappa,
      reviewers: [pair],
      reasons: [],
    },
    consistency: [],
    position: [],
    length: [],
    speed: [],
    logic: null,
    strengths: { state: 'hidden' },
    disputes: { open: 0, settled: 0, first: [] },
  };
}

test('the headline says how far reviewers agree, or why that is not known', () => {
  const two = ['ann', 'ben'];
  expect(headline(report(two, figure(0.82), figure(0.61)), 'pairs')).toBe(
    'Two reviewers agree on 82% of 120 pairs, κ 0.61 (0.49–0.72).',
  );
  expect(headline(report([...two, 'eve'], figure(0.82), figure(0.61)), 'pairs')).toContain('α 0.61');
  expect(headline(report(two, figure(1), figure(null, 'one_category')), 'pairs')).toBe(
    'Two reviewers agree on 100% of 120 pairs, κ says nothing, as only one answer was ever given.',
  );
  expect(headline(report(two, figure(null, 'no_overlap'), figure(null)), 'pairs')).toBe(
    'Two reviewers judged, but no two of them the same pairs.',
  );
  expect(headline(report(['ann'], figure(null, 'no_overlap'), figure(null)), 'pairs')).toContain(
    'One reviewer',
  );
});

test('a circle closes, and an address names its pairs', () => {
  expect(cycleText(3)).toBe('A > B > C > A');
  expect(queueAddress('s', [1, 2], 2)).toBe('/preferences/s?tab=queue&pairs=%5B1%2C2%5D&open=2');
});
