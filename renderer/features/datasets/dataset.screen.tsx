import { useEffect, useRef } from 'react';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import { ToneIcon } from '../../ui/badge.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { describeFailure } from '../../ui/failure.ts';
import { formatCount } from '../../ui/format.ts';
import { ButtonLink } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { type Screen, useParam, useSearchState } from '../../ui/location.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { type TabEntry, Tabs } from '../../ui/tabs.tsx';
import { DatasetActions, type ExportDialogOfOthers } from './dataset-actions.tsx';
import { DemoBadge, MethodBadge, findingText, splitText } from './dataset-words.tsx';
import { useDataset, useDatasetFindings, useNewestTask } from './datasets.queries.ts';
import { ErrorBar } from './error-bar.tsx';
import { Examples } from './examples.tsx';
import { DatasetTask } from './import-progress.tsx';
import { DatasetOrigin } from './provenance-line.tsx';
import { Quarantine } from './quarantine.tsx';
import { filterOf, isFiltered, viewState } from './view-state.ts';

/** Smaller data sets are searched at once and compared with an analysis. */
const largeExamples = 4000;

/** Which parts of a large import are reached; nothing once all are. */
function ImportParts({ dataset }: { dataset: Dataset }) {
  const { isSearchable, isCompared } = dataset;
  if ((isSearchable && isCompared) || dataset.exampleCount <= largeExamples) return null;
  const parts = [
    { name: 'rows ready', isReached: true },
    { name: isSearchable ? 'search ready' : 'search finds only a part so far', isReached: isSearchable },
    {
      name: isCompared ? 'duplicates found' : 'near duplicates not looked for yet',
      isReached: isCompared,
    },
  ];
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3">
      {parts.map(({ name, isReached }) => (
        <span key={name} className={isReached ? '' : 'text-ink'}>
          <span aria-hidden>{isReached ? '✓ ' : '… '}</span>
          {name}
        </span>
      ))}
    </span>
  );
}

/** What keeps the data set from being trained on, in one line under its name. */
function DatasetNotes({ dataset }: { dataset: Dataset }) {
  const findings = useDatasetFindings(dataset.datasetId).data ?? [];
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span>
        {formatCount(dataset.exampleCount, 'example')} · {formatCount(dataset.tokenTotal, 'token')} ·
        findings: {findingText(dataset.findingCounts)} · {splitText(dataset.splitCounts)}
      </span>
      <DatasetOrigin datasetId={dataset.datasetId} />
      <ImportParts dataset={dataset} />
      {findings.map((finding) => (
        <span key={finding.code} className="inline-flex items-center gap-1 text-ink">
          <ToneIcon tone="ruby" label={finding.severity} className="size-3.5" />
          {finding.message}
        </span>
      ))}
    </span>
  );
}

/** Tabs of a data set that other features bring; a hook, so that they can count. The same tabs in every call. */
export type UseDatasetTabs = (dataset: Dataset) => readonly TabEntry[];

/** Entries of a data set's menu that other features bring; a hook. The same entries in every call. */
export type UseDatasetMenu = (
  dataset: Dataset,
) => readonly { readonly id: string; readonly label: string; run(): void }[];

/** What other features bring to a data set's page. */
export type DatasetPageParts = {
  readonly useTabs: UseDatasetTabs;
  readonly useMenu: UseDatasetMenu;
  readonly ExportDialog: ExportDialogOfOthers;
};

function DatasetBody({ dataset, parts }: { dataset: Dataset; parts: DatasetPageParts }) {
  const [state, change] = useSearchState(viewState);
  const task = useNewestTask(dataset.datasetId);
  const menu = parts.useMenu(dataset);
  const tabs: TabEntry[] = [
    {
      id: 'examples',
      label: 'Examples',
      count: dataset.exampleCount,
      content: <Examples dataset={dataset} state={state} onChange={change} />,
    },
    ...parts.useTabs(dataset),
  ];
  if (dataset.quarantinedCount > 0) {
    tabs.push({
      id: 'quarantine',
      label: 'Quarantine',
      count: dataset.quarantinedCount,
      content: <Quarantine datasetId={dataset.datasetId} />,
    });
  }
  const selected = tabs.some(({ id }) => id === state.tab) ? state.tab : 'examples';
  return (
    <>
      <PageHead
        title={dataset.name}
        crumbs={[{ label: 'Datasets', href: '/datasets' }]}
        marks={
          <>
            <MethodBadge dataset={dataset} />
            <DemoBadge dataset={dataset} />
          </>
        }
        facts={<DatasetNotes dataset={dataset} />}
        actions={
          <DatasetActions
            dataset={dataset}
            filter={isFiltered(state) ? filterOf(state) : null}
            ExportDialog={parts.ExportDialog}
            menu={menu}
          />
        }
      />
      {task && task.endedAt === null && (
        <div className="px-6 py-3">
          <DatasetTask task={task} />
        </div>
      )}
      <ErrorBar dataset={dataset} onShow={change} />
      {tabs.length === 1 ? (
        <Examples dataset={dataset} state={state} onChange={change} />
      ) : (
        <Tabs
          label="Data set"
          selected={selected}
          onSelect={(tab) => change({ tab })}
          className="flex-1"
          panelClassName="overflow-hidden flex flex-col"
          tabs={tabs}
        />
      )}
    </>
  );
}

/** Before the import is done there is no data set yet, only the task that makes it. */
function NotThereYet(props: { datasetId: string; error: unknown; onRetry: () => void }) {
  const task = useNewestTask(props.datasetId);
  const wasRunning = useRef(false);
  const isRunning = task !== undefined && task.endedAt === null;
  const { onRetry } = props;
  useEffect(() => {
    if (wasRunning.current && !isRunning) onRetry();
    wasRunning.current = isRunning;
  }, [isRunning, onRetry]);
  const crumbs = [{ label: 'Datasets', href: '/datasets' }];
  if (isRunning) {
    return (
      <>
        <PageHead title={task.title} crumbs={crumbs} />
        <div className="mx-auto w-full max-w-2xl px-6 py-12">
          <DatasetTask task={task} />
          <p className="mt-3 text-sm text-muted">
            You can go on with other work; the import continues, also after the program was closed in the
            middle.
          </p>
        </div>
      </>
    );
  }
  return (
    <>
      <PageHead title="Data set" crumbs={crumbs} />
      <ErrorState
        error={
          task?.failure
            ? {
                code: task.failure.code,
                message: task.failure.what,
                data: { ...task.failure, retry: 'never' },
              }
            : props.error
        }
        onRetry={onRetry}
        action={<ButtonLink href="/datasets">Go to the data sets</ButtonLink>}
      />
    </>
  );
}

function DatasetPage({ parts }: { parts: DatasetPageParts }) {
  const datasetId = useParam('datasetId');
  const query = useDataset(datasetId);
  if (query.data) return <DatasetBody key={datasetId} dataset={query.data} parts={parts} />;
  if (query.error && describeFailure(query.error).code === 'DATASET_NOT_FOUND') {
    return <NotThereYet datasetId={datasetId} error={query.error} onRetry={() => void query.refetch()} />;
  }
  return <Loaded query={query}>{() => null}</Loaded>;
}

/** One data set: what is in it, what is wrong with it, and the way to mend it; with the tabs of other features. */
export function createDatasetScreen(parts: DatasetPageParts): Screen {
  return {
    path: '/datasets/$datasetId',
    title: 'Data set',
    component: () => <DatasetPage parts={parts} />,
  };
}
