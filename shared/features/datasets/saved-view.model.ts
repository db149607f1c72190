import { z } from 'zod';
import { exampleFilter, exampleOrder } from './filter.model.ts';

/** A filter with its order under a name; `isForAll` shows it in every data set of the workspace. */
export const savedView = z.object({
  savedViewId: z.string(),
  name: z.string(),
  isForAll: z.boolean(),
  filter: exampleFilter,
  order: exampleOrder,
});
export type SavedView = z.infer<typeof savedView>;
