import { z } from 'zod';
import { procedure } from '../../failures.ts';
import { readiness } from './readiness.model.ts';

const ofDataset = z.object({ datasetId: z.string() });

/** Whether a data set may be sent to a provider, and what to do first. */
export const readinessContract = {
  /** The scorecard; `provider` is one of resources/provider-rules.json, OpenAI's rules hold for any other. */
  get: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(ofDataset.extend({ provider: z.string() }))
    .output(readiness),
  /** Compares all rows with each other, as a task; what it finds becomes marks of the rows. */
  look: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(ofDataset)
    .output(z.object({ taskId: z.string() })),
  /** Says which grader will score the rows (null: none); INVALID_CONTENT when the text is no JSON object. */
  setGrader: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'INVALID_CONTENT')
    .input(ofDataset.extend({ text: z.string().max(1_000_000).nullable() }))
    .output(z.object({})),
};
