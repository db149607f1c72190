import { SearchX } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import { tellUndoable, undoLast } from '../../history.ts';
import { Button } from '../../ui/button.tsx';
import type { DataGridHandle } from '../../ui/data-grid.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCount } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { BulkBar, type Picked, targetOf } from './bulk-bar.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import { useDeleteExamples, useFacets, useView } from './datasets.queries.ts';
import { useBulkActions, useRowMenu } from './use-bulk-actions.tsx';
import { useSteps } from './use-steps.ts';
import { ExampleGrid } from './example-grid.tsx';
import { ExamplePane } from './example-pane.tsx';
import { FacetStrip } from './facet-strip.tsx';
import { FilterBar } from './filter-bar.tsx';
import { usePageCommands } from './page-keys.ts';
import {
  filterOf,
  isFiltered as hasFilter,
  noFilter,
  orderOf,
  type ViewPatch,
  type ViewState,
} from './view-state.ts';

type ExamplesProps = { dataset: Dataset; state: ViewState; onChange: (patch: ViewPatch) => void };

/** Filters, pictures, grid, and the open example beside it. */
export function Examples({ dataset, state, onChange }: ExamplesProps) {
  const { datasetId } = dataset;
  const want = useMemo(() => ({ filter: filterOf(state), order: orderOf(state) }), [state]);
  const view = useView(datasetId, want);
  const facets = useFacets(view.data?.viewId);
  const grid = useRef<DataGridHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const { mutate: remove } = useDeleteExamples();
  const shown = view.data?.total ?? 0;
  const viewId = view.data?.viewId;
  const isCounted = view.data?.isCounted ?? false;
  const isFiltered = hasFilter(state);
  const [picked, setPicked] = useState<Picked | null>(null);
  const pick = (next: Picked | null): void => {
    setPicked(next);
    if (next === null) grid.current?.pickNone();
  };
  // What was picked is named by its place in a list; another list has other places.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another filter is shown.
  useEffect(() => setPicked(null), [want]);
  const actions = useBulkActions(datasetId, () => pick(null));
  const compare = (first: number, second: number): void => onChange({ open: first, against: second });
  const rowMenu = useRowMenu({
    datasetId,
    actions,
    onOpen: (open) => onChange({ open }),
    onCompare: compare,
  });
  const step = useSteps({ viewId, open: state.open, onOpen: (open) => onChange({ open }) });

  const others = useMemo(
    () => [
      {
        id: 'datasets.deleteShown',
        title: `Delete the ${formatCount(shown, 'example')} shown`,
        group: 'Examples',
        keys: null,
        isEnabled: isFiltered && isCounted && shown > 0,
        run: () =>
          viewId &&
          remove(
            { datasetId, which: { viewId } },
            { onSuccess: ({ changed }) => tellUndoable(`${formatCount(changed, 'example')} deleted.`) },
          ),
      },
    ],
    [datasetId, viewId, shown, isCounted, isFiltered, remove],
  );
  usePageCommands(
    'datasets.examples',
    {
      'datasets.search': { run: () => search.current?.focus() },
      'datasets.pickAll': {
        title: isCounted ? `Select all ${formatCount(shown, 'example')} shown` : 'Select all examples shown',
        isEnabled: shown > 0,
        run: () => setPicked({ kind: 'all' }),
      },
      'datasets.next': { run: () => step(1) },
      'datasets.previous': { run: () => step(-1) },
      'datasets.undo': { run: () => void undoLast() },
    },
    others,
  );

  const close = (): void => {
    onChange({ open: null });
    grid.current?.focusBack();
  };
  return (
    <div className="flex h-full min-h-0 flex-col">
      <FilterBar
        datasetId={datasetId}
        state={state}
        onChange={onChange}
        facets={facets.data}
        shown={shown}
        isCounted={isCounted}
        isRanked={view.data?.isRanked ?? true}
        total={dataset.exampleCount}
        searchRef={search}
      />
      {facets.data && shown > 0 && state.open === null && picked === null && (
        <FacetStrip facets={facets.data} state={state} onChange={onChange} />
      )}
      <SplitPane
        id="datasets.example"
        label="Width of the example"
        size={46}
        first={
          <Loaded query={view}>
            {({ viewId: shownView, total, wanted, rows }) =>
              total === 0 ? (
                <NothingShown isEmpty={dataset.exampleCount === 0} onShowAll={() => onChange(noFilter)} />
              ) : (
                <ExampleGrid
                  viewId={shownView}
                  total={total}
                  wanted={wanted}
                  firstRows={rows}
                  revision={view.dataUpdatedAt}
                  state={state}
                  isNarrow={state.open !== null}
                  method={dataset.method}
                  hasDecisions={dataset.reviewCounts.approved + dataset.reviewCounts.rejected > 0}
                  onChange={onChange}
                  onOpen={(row) => onChange({ open: row.exampleId })}
                  handle={grid}
                  areAllPicked={picked?.kind === 'all'}
                  menu={({ exampleId }, isPicked) =>
                    rowMenu(
                      { exampleId },
                      isPicked && picked && view.data
                        ? {
                            target: targetOf(picked, view.data),
                            ids: picked.kind === 'some' ? picked.ids : [],
                          }
                        : null,
                    )
                  }
                  onSelect={(ids) => setPicked(ids.length > 0 ? { kind: 'some', ids } : null)}
                />
              )
            }
          </Loaded>
        }
        second={
          state.open === null ? null : (
            <ExamplePane
              datasetId={datasetId}
              exampleId={state.open}
              codes={state.codes}
              onClose={close}
              onOpen={(exampleId) => onChange({ open: exampleId })}
              onNext={() => step(1)}
            />
          )
        }
      />
      {picked && view.data && (
        <BulkBar picked={picked} view={view.data} actions={actions} onPick={pick} onCompare={compare} />
      )}
      {actions.dialog}
      {state.open !== null && state.against !== null && (
        <CompareDialog
          first={state.open}
          second={state.against}
          onClose={() => onChange({ against: null })}
        />
      )}
    </div>
  );
}

function NothingShown(props: { isEmpty: boolean; onShowAll: () => void }) {
  if (props.isEmpty) {
    return (
      <EmptyState icon={<SearchX aria-hidden />} title="There is no example left">
        Every line was kept aside or deleted. Look at the quarantine, or undo a deletion.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<SearchX aria-hidden />}
      title="No example fits the filter"
      action={<Button onPress={props.onShowAll}>Show all</Button>}
    >
      Take a filter away or search for other words.
    </EmptyState>
  );
}
