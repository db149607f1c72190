import type { ExampleRemover } from '../../core/dataset-ports.ts';
import type { Kit } from '../../core/kit.ts';
import { createMakeBulk } from './bulk-handlers.ts';

/** Deletes examples for other features, as one event that can be undone. */
export function createExampleRemover(kit: Kit): ExampleRemover {
  const makeBulk = createMakeBulk(kit);
  return {
    async remove({ datasetId, exampleIds, what }) {
      const ids = Uint32Array.from(exampleIds);
      await makeBulk(datasetId, ids, { kind: 'delete', nouns: [what, what], at: kit.clock.now() });
    },
  };
}
