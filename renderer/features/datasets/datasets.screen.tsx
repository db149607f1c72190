import { Gem, Upload } from 'lucide-react';
import { useEffect } from 'react';
import { z } from 'zod';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import { Button } from '../../ui/button.tsx';
import { WindowDrop } from '../../ui/drop-zone.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCount, formatDate, formatNumber } from '../../ui/format.ts';
import { handFiles } from '../../ui/handed-files.ts';
import { Link } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { type Screen, useGo, useSearchState } from '../../ui/location.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { PageBody } from '../../ui/scroll-area.tsx';
import { Table } from '../../ui/table.tsx';
import { DemoBadge, FindingMarks, splitText } from './dataset-words.tsx';
import { useDatasets, useRunningTasks } from './datasets.queries.ts';
import { DatasetTask } from './import-progress.tsx';

const importPage = '/datasets/import';
const listState = z.object({ do: z.literal('import').nullable().catch(null).default(null) });

function NoData({ onImport }: { onImport: () => void }) {
  return (
    <EmptyState
      icon={<Gem aria-hidden />}
      title="No data set yet"
      action={
        <Button variant="primary" icon={<Upload aria-hidden />} onPress={onImport}>
          Import data
        </Button>
      }
    >
      A data set is a file of chat examples: see what is wrong with it, mend it, split it, and train on it.
    </EmptyState>
  );
}

function DatasetTable({ datasets }: { datasets: readonly Dataset[] }) {
  return (
    <Table
      caption="Data sets, newest first"
      rows={datasets}
      rowKey={({ datasetId }) => datasetId}
      columns={[
        {
          id: 'name',
          header: 'Name',
          className: 'max-w-72',
          cell: (one) => (
            <span className="flex min-w-0 items-center gap-2">
              <Link href={`/datasets/${one.datasetId}`} tone="quiet" className="truncate font-medium">
                {one.name}
              </Link>
              <DemoBadge dataset={one} />
            </span>
          ),
        },
        { id: 'examples', header: 'Examples', align: 'end', cell: (one) => formatNumber(one.exampleCount) },
        { id: 'tokens', header: 'Tokens', align: 'end', cell: (one) => formatNumber(one.tokenTotal) },
        { id: 'findings', header: 'Findings', cell: (one) => <FindingMarks counts={one.findingCounts} /> },
        {
          id: 'split',
          header: 'Split',
          cell: (one) => <span className="text-muted">{splitText(one.splitCounts)}</span>,
        },
        {
          id: 'file',
          header: 'File',
          className: 'max-w-56',
          cell: (one) => (
            <span className="block truncate text-muted" title={one.sourceName}>
              {one.sourceName}
            </span>
          ),
        },
        {
          id: 'date',
          header: 'Imported',
          align: 'end',
          cell: (one) => <span className="text-muted">{formatDate(one.createdAt)}</span>,
        },
      ]}
    />
  );
}

function DatasetsPage() {
  const query = useDatasets();
  const running = useRunningTasks();
  const [state] = useSearchState(listState);
  const go = useGo();
  const openImport = (): void => go(importPage);
  useEffect(() => {
    if (state.do === 'import') go(importPage, { replace: true });
  }, [state.do, go]);
  const count = query.data?.length ?? 0;
  return (
    <>
      <PageHead
        title="Datasets"
        facts={count > 0 ? formatCount(count, 'data set') : undefined}
        actions={
          count > 0 && (
            <Button variant="primary" icon={<Upload aria-hidden />} onPress={openImport}>
              Import
            </Button>
          )
        }
      />
      <PageBody width="full">
        {running.length > 0 && (
          <div className="mb-4 space-y-2">
            {running.map((task) => (
              <DatasetTask key={task.id} task={task} />
            ))}
          </div>
        )}
        <Loaded query={query}>
          {(datasets) =>
            datasets.length === 0 ? <NoData onImport={openImport} /> : <DatasetTable datasets={datasets} />
          }
        </Loaded>
      </PageBody>
      <WindowDrop
        words="Drop to import"
        onFiles={(files) => {
          handFiles(files);
          openImport();
        }}
      />
    </>
  );
}

/** The list of data sets, and the way to bring in another. */
export const datasetsScreen: Screen = { path: '/datasets', title: 'Datasets', component: DatasetsPage };
