import { z } from 'zod';
import { procedure } from '../../failures.ts';
import { trustReport } from './trust.model.ts';

/** How far verdicts can be trusted. */
export const trustContract = {
  /** Agreement, bias, contradictions and strengths as of now. While a set is blind, it names no source. */
  report: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND', 'CANCELLED')
    .input(z.object({ setId: z.string() }))
    .output(trustReport),
};
