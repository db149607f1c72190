import { z } from 'zod';
import { procedure } from '../../failures.ts';
import { costEstimate, costSource, epochChoice, pricedModel, trainingMethod } from './costs.model.ts';

/** What an estimate was made from: the size typed in, or which part of a data set. */
const scope = z.enum(['size', 'train', 'all']);

/** What training would cost, from dated prices on this machine; nothing is sent. */
export const costsContract = {
  /** Every model of the catalogue with its training price, what using it costs, and the days left of it. */
  models: procedure().output(z.array(pricedModel)),
  /** The bill for one model, line by line. MODEL_UNKNOWN when no price is on file for it. */
  estimate: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'MODEL_UNKNOWN')
    .input(
      z.object({
        source: costSource,
        provider: z.string(),
        model: z.string().min(1).max(200),
        method: trainingMethod,
        epochs: epochChoice,
      }),
    )
    .output(z.object({ estimate: costEstimate, scope })),
  /** The same training on every model that can still be trained and has a price per token, cheapest first. */
  compare: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(z.object({ source: costSource, method: trainingMethod, epochs: epochChoice }))
    .output(z.object({ estimates: z.array(costEstimate), scope })),
};
