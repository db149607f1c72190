import { facetWords } from './facet-words.ts';
import { type QualityCodeName, qualityCodes } from './quality-codes.ts';
import type { QualityCheck, ShiftResult } from './quality.model.ts';

const order = Object.keys(qualityCodes) as QualityCodeName[];
const rankOf = (code: string): number => order.findIndex((one) => one === code);

/** The checks of an analysis with what holding it against production says, in the order of their weight. */
export function withProduction(checks: readonly QualityCheck[], fit: readonly ShiftResult[]): QualityCheck[] {
  const shifted = fit.filter(({ verdict }) => verdict === 'moderate' || verdict === 'large');
  if (shifted.length === 0) return [...checks];
  const words = shifted.map(({ facet, psi }) => `${facetWords[facet] ?? facet} (PSI ${psi.toFixed(2)})`);
  const check: QualityCheck = {
    code: 'production_shift',
    severity: qualityCodes.production_shift.severity,
    examples: 0,
    message: `The data set and production differ in ${words.join(', ')}.`,
  };
  return [...checks, check].toSorted((a, b) => rankOf(a.code) - rankOf(b.code));
}
