import { Flag, ListFilter, Play } from 'lucide-react';
import { useMemo, useRef } from 'react';
import type {
  PairRow,
  PreferenceKind,
  PreferenceSet,
} from '../../../shared/features/preferences/preferences.model.ts';
import { rpc } from '../../rpc.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { DataGrid, type DataGridHandle, type GridColumn } from '../../ui/data-grid.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatNumber } from '../../ui/format.ts';
import { ButtonLink } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { PairPane } from './pair-pane.tsx';
import { stateWords, verdictText } from './preference-words.tsx';
import { usePairCount, useReviewer } from './preferences.queries.ts';
import { QueueBar } from './queue-bar.tsx';
import {
  filterOfQueue,
  isQueueFiltered,
  judgeAddress,
  noQueueFilter,
  type QueuePatch,
  type QueueState,
} from './queue-state.ts';
import { ReviewerStrip } from './reviewer-strip.tsx';

const columns: readonly GridColumn<PairRow>[] = [
  { id: 'position', header: '#', width: 72, align: 'end', text: (row) => formatNumber(row.position) },
  { id: 'prompt', header: 'Prompt', flex: 3, text: (row) => row.prompt },
  { id: 'a', header: 'A', flex: 2, text: (row) => row.a },
  { id: 'b', header: 'B', flex: 2, text: (row) => row.b ?? '' },
  {
    id: 'state',
    header: 'State',
    width: 112,
    text: (row) => `${stateWords[row.state]}${row.isFlagged ? ', flagged' : ''}`,
    cell: (row) => (
      <span className="flex h-full items-center gap-1.5">
        <span className={row.state === 'pending' ? 'text-muted' : ''}>{stateWords[row.state]}</span>
        {row.isFlagged && <Flag role="img" aria-label="flagged" className="size-3.5 text-amber" />}
      </span>
    ),
  },
  { id: 'verdict', header: 'My verdict', width: 132, text: verdictText },
  {
    id: 'verdicts',
    header: 'Verdicts',
    width: 124,
    text: (row) => `${row.verdicts}${row.isDisputed ? ', disputed' : ''}`,
    cell: (row) => (
      <span className="flex h-full items-center gap-2 tabular-nums">
        {row.verdicts}
        {row.isDisputed && <Badge tone="amber">disputed</Badge>}
      </span>
    ),
  },
  { id: 'assigned', header: 'Assigned', width: 120, text: (row) => row.assignedTo.join(', ') },
];

const narrowColumns = new Set(['position', 'prompt', 'state', 'verdict']);

/** Columns that say something in this set. */
function shownColumns(
  kind: PreferenceKind,
  { isDealt, isNarrow }: { isDealt: boolean; isNarrow: boolean },
): readonly GridColumn<PairRow>[] {
  return columns
    .filter(({ id }) => !isNarrow || narrowColumns.has(id))
    .filter(({ id }) => id !== 'b' || kind === 'pairs')
    .filter(({ id }) => id !== 'assigned' || isDealt)
    .map((one) => (one.id === 'a' && kind === 'ratings' ? { ...one, header: 'Answer' } : one));
}

function NoPairs({ state, onChange }: { state: QueueState; onChange: (patch: QueuePatch) => void }) {
  return isQueueFiltered(state) ? (
    <EmptyState
      icon={<ListFilter aria-hidden />}
      title="No pair fits the filter"
      action={<Button onPress={() => onChange(noQueueFilter)}>Show all</Button>}
    />
  ) : (
    <EmptyState title="There is nothing to judge in this set" />
  );
}

/** The pairs of a set in the order of the queue: found, filtered, looked at, and the way to judge what is shown. */
export function QueueTab(props: {
  set: PreferenceSet;
  state: QueueState;
  onChange: (patch: QueuePatch, options?: { push?: boolean }) => void;
}) {
  const { set, state, onChange } = props;
  const { setId } = set;
  const reviewer = useReviewer();
  const { tab: _tab, open, ...filters } = state;
  const viewKey = JSON.stringify([setId, reviewer, filters]);
  const filter = filterOfQueue(state);
  const count = usePairCount({ setId, reviewer, filter });
  const handle = useRef<DataGridHandle>(null);
  const isDealt = set.settings.reviewers.length > 0;
  const isNarrow = open !== null;
  const shown = useMemo(() => shownColumns(set.kind, { isDealt, isNarrow }), [set.kind, isDealt, isNarrow]);
  const close = (): void => {
    onChange({ open: null });
    handle.current?.focusBack();
  };
  const openPair = (pairId: number): void => onChange({ open: pairId }, { push: open === null });
  return (
    <>
      <ReviewerStrip set={set} reviewer={reviewer} />
      <QueueBar state={state} onChange={onChange} shown={count.data} total={set.pairs}>
        {set.closedAt === null && isQueueFiltered(state) && (count.data ?? 0) > 0 && (
          <ButtonLink href={judgeAddress(setId, state)} size="compact" icon={<Play aria-hidden />}>
            Judge these
          </ButtonLink>
        )}
      </QueueBar>
      <SplitPane
        id="preferences.pair"
        label="Width of the pair"
        size={46}
        first={
          <Loaded query={count}>
            {(total) =>
              total === 0 ? (
                <NoPairs state={state} onChange={onChange} />
              ) : (
                <DataGrid
                  label="Pairs"
                  columns={shown}
                  total={total}
                  viewKey={viewKey}
                  revision={count.dataUpdatedAt}
                  readPage={async (start, limit) =>
                    (await rpc.preferences.pairs({ setId, reviewer, filter, start, limit })).rows
                  }
                  rowKey={(row) => String(row.pairId)}
                  onOpen={(row) => openPair(row.pairId)}
                  onFocusRow={(row) => open !== null && row.pairId !== open && openPair(row.pairId)}
                  openKey={open === null ? null : String(open)}
                  handle={handle}
                />
              )
            }
          </Loaded>
        }
        second={
          open === null ? null : (
            <PairPane key={open} set={set} reviewer={reviewer} pairId={open} onClose={close} />
          )
        }
      />
    </>
  );
}
