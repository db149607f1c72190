import { z } from 'zod';
import { procedure } from '../../failures.ts';
import { generation, generationAccount, generationPlan, generationRequest } from './generation.model.ts';
import { preferenceKind, preferenceSettings } from './preferences.model.ts';

const ofGeneration = z.object({ generationId: z.string() });

/** Answers to judge, asked of models: planned, approved, kept one by one, made into a preference set. */
export const generationContract = {
  /** What would be asked, of whom, at what price, and what stands in the way; asks nothing yet. */
  plan: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'CONNECTION_NOT_FOUND', 'PREFERENCES_IMPOSSIBLE')
    .input(generationRequest)
    .output(generationPlan),
  /** Starts exactly the approved plan as a task, at whose end the set is there. Durable when it resolves. */
  start: procedure(
    'NO_WORKSPACE',
    'DATASET_NOT_FOUND',
    'CONNECTION_NOT_FOUND',
    'PREFERENCES_IMPOSSIBLE',
    'PERSONAL_DATA_UNRESOLVED',
    'OVER_BUDGET',
    'OFFLINE',
    'NOT_APPROVED',
  )
    .input(
      z.object({
        request: generationRequest,
        approvalId: z.string(),
        name: z.string().trim().min(1).max(120),
        kind: preferenceKind,
        settings: preferenceSettings,
      }),
    )
    .output(z.object({ generationId: z.string(), taskId: z.string(), setId: z.string() })),
  /** Goes on with one that stopped or was cancelled; asks only what has no answer yet. */
  resume: procedure(
    'NO_WORKSPACE',
    'PREFERENCES_NOT_FOUND',
    'CONNECTION_NOT_FOUND',
    'PREFERENCES_IMPOSSIBLE',
    'PERSONAL_DATA_UNRESOLVED',
    'OFFLINE',
  )
    .input(ofGeneration)
    .output(z.object({ taskId: z.string() })),
  /** The newest 200, newest first. */
  list: procedure('NO_WORKSPACE').output(z.array(generation)),
  /** The one whose answers a set was, or will be, made of; null for other sets. */
  ofSet: procedure('NO_WORKSPACE')
    .input(z.object({ setId: z.string() }))
    .output(generationAccount.nullable()),
};
