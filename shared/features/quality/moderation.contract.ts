import { z } from 'zod';
import { procedure } from '../../failures.ts';
import { moderationCheck, moderationPlan } from './moderation.model.ts';

const ofDataset = z.object({ datasetId: z.string() });
const ofConnection = ofDataset.extend({ connectionId: z.string() });

/** An opt-in check of a data set's texts by a provider's moderation, before the provider makes it by itself. */
export const moderationContract = {
  /** The last check; null when there was none. */
  last: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND').input(ofDataset).output(moderationCheck.nullable()),
  /** What would be sent to whom; sends nothing. */
  plan: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'CONNECTION_NOT_FOUND', 'PERSONAL_DATA_UNRESOLVED')
    .input(ofConnection)
    .output(moderationPlan),
  /** Sends exactly what was planned, as a task; what is flagged becomes marks of the rows. */
  start: procedure(
    'NO_WORKSPACE',
    'DATASET_NOT_FOUND',
    'CONNECTION_NOT_FOUND',
    'PERSONAL_DATA_UNRESOLVED',
    'NOT_APPROVED',
    'OFFLINE',
  )
    .input(ofConnection.extend({ approvalId: z.string() }))
    .output(z.object({ taskId: z.string() })),
};
