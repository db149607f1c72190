import { originOfLine, provenanceLine } from '../../../shared/features/datasets/provenance-words.ts';
import { formatNumber } from '../../ui/format.ts';
import { useProvenance } from './datasets.queries.ts';

/** Where the rows of a data set come from, in one line; several imports are counted. */
export function DatasetOrigin({ datasetId }: { datasetId: string }) {
  const records = useProvenance(datasetId).data ?? [];
  const lines = new Set(records.map(({ provenance }) => provenanceLine(provenance)));
  const [only] = lines;
  if (only === undefined) return null;
  return (
    <span className="min-w-0 truncate">
      {lines.size === 1 ? only : `${records.length} imports of different provenance`}
    </span>
  );
}

/** Where one row came from and on what grounds. */
export function ExampleOrigin({ datasetId, line }: { datasetId: string; line: number }) {
  const origin = originOfLine(useProvenance(datasetId).data ?? [], line);
  if (!origin) return null;
  const text = `Came from ${origin.file} line ${formatNumber(origin.line)} · ${provenanceLine(origin.record.provenance)}`;
  return (
    <p className="truncate border-b border-line px-4 py-1.5 text-xs text-muted" title={text}>
      {text}
    </p>
  );
}
