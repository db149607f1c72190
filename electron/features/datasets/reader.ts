import type { SftExample, SplitName } from '../../../shared/features/datasets/datasets.model.ts';
import type { ImageFacts } from '../../../shared/features/datasets/example-facts.ts';
import { AppFailure } from '../../../shared/failures.ts';
import { countImage, imageRuleOf } from '../../../shared/tokens/image-tokens.ts';
import type { DatasetReader, ExampleItem } from '../../core/feature-ports.ts';
import type { Kit } from '../../core/kit.ts';
import type { Db } from '../../core/ports.ts';
import { type DatasetCounts, type DatasetRow, findDataset } from './datasets.sql.ts';
import { pagesOf, writeLines } from './lines.ts';

/** Assumed for a picture whose size is not known, as in the token rules. */
const usualSidePx = 1024;

/** The data set behind an id, or the failure DATASET_NOT_FOUND; also for a deleted one. */
export function requireDataset(db: Db, datasetId: string): DatasetRow {
  const row = findDataset(db, datasetId);
  if (row && row.deleted_at === null && row.import_state === 'ready') return row;
  throw new AppFailure('DATASET_NOT_FOUND', {
    what: 'This data set is not in the workspace.',
    todo: 'Choose another, or undo its deletion.',
    retry: 'never',
  });
}

/** Reads data sets for other features. */
export function createDatasetReader(
  kit: Pick<Kit, 'workspace' | 'atomicFiles'>,
  countsOf: (db: Db, row: DatasetRow) => DatasetCounts,
): DatasetReader {
  const at = (datasetId: string): { db: Db; row: DatasetRow } => {
    const { db } = kit.workspace.require();
    return { db, row: requireDataset(db, datasetId) };
  };
  return {
    facts(datasetId) {
      const { db, row } = at(datasetId);
      const { exampleCount, tokenTotal, splitCounts, findingCounts } = countsOf(db, row);
      return {
        datasetId,
        name: row.name,
        revision: row.revision,
        isDemo: row.is_demo === 1,
        method: row.method,
        sourceName: row.source_name,
        sourceSha256: row.source_sha256,
        quarantinedCount: row.quarantined_count,
        exampleCount,
        tokenTotal,
        splitCounts,
        findingCounts,
      };
    },
    *examples(datasetId, split): Generator<ExampleItem, void, void> {
      const { db, row } = at(datasetId);
      for (const page of pagesOf(db, row.key, split)) {
        for (const { id, position, bytes } of page) {
          // Findings of error severity keep a data set from training; what other features read has the right shape.
          const example = JSON.parse(Buffer.from(bytes).toString('utf8')) as SftExample;
          yield { exampleId: id, position, example };
        }
      }
    },
    tokenCounts(datasetId, split, model) {
      const { db, row } = at(datasetId);
      return tokenCounts(db, row.key, { split, model });
    },
    writeTrainingFile(datasetId, split, file) {
      const { db, row } = at(datasetId);
      return writeLines(kit, { db, key: row.key, split, file });
    },
  };
}

function tokenCounts(db: Db, key: number, want: { split: SplitName | 'all'; model: string }): number[] {
  const { split, model } = want;
  const isOne = split === 'all' ? '' : ' AND split = ?';
  const rows = db
    .prepare<{ id: number; tokens: number; hasImages: number }>(
      `SELECT id, tokens, has_images AS hasImages FROM examples
       WHERE dataset = ? AND deleted_at IS NULL${isOne} ORDER BY position`,
    )
    .all(...(split === 'all' ? [key] : [key, split]));
  const images = db.prepare<{ images: string }>(
    'SELECT c.images FROM examples e JOIN contents c ON c.id = e.content_id WHERE e.id = ?',
  );
  const rule = imageRuleOf(model);
  return rows.map(({ id, tokens, hasImages }) => {
    if (hasImages === 0) return tokens;
    const facts = JSON.parse(images.get(id)?.images ?? '[]') as ImageFacts[];
    return facts.reduce((sum, [width, height, detail]) => {
      const size = { widthPx: width || usualSidePx, heightPx: height || usualSidePx };
      return sum + countImage(rule, size, detail);
    }, tokens);
  });
}
