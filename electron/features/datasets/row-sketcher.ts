import { comparableText } from '../../../shared/features/quality/near-duplicates/comparable-text.ts';
import { createSketcher, planSketches } from '../../../shared/features/quality/near-duplicates/sketch.ts';
import type { RowSketcher } from './parsed-part.ts';

/** Sketches examples of any shape as the look for near duplicates after an import does. */
export function createRowSketcher(): RowSketcher {
  const plan = planSketches();
  const sketcher = createSketcher(plan);
  return {
    words: plan.words,
    sketch(value, into, at) {
      const text = comparableText(value);
      sketcher.sketch(text, into, at);
      return text.length;
    },
  };
}
