import type { ExampleRemover } from '../../core/dataset-ports.ts';
import type { Kit } from '../../core/kit.ts';
import { deleteIds } from './example-handlers.ts';

/** Deletes examples for other features, as one event that can be undone. */
export function createExampleRemover(kit: Kit): ExampleRemover {
  return {
    async remove({ datasetId, exampleIds, what }) {
      if (exampleIds.length > 0) await deleteIds(kit, datasetId, { ids: exampleIds, what });
    },
  };
}
