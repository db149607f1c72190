import { type Ref, useMemo } from 'react';
import {
  type EvalItemRow,
  type EvalResult,
  type ItemOutcome,
  itemOutcome,
} from '../../../shared/features/evals/evals.model.ts';
import { formatScore } from '../../../shared/features/evals/verdict.rules.ts';
import { outcomeWords } from '../../../shared/features/evals/words.rules.ts';
import { ToggleButton } from '../../ui/button.tsx';
import { DataGrid, type DataGridHandle, type GridColumn } from '../../ui/data-grid.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { SearchField } from '../../ui/text-field.tsx';
import { rpc } from '../../rpc.ts';
import { useItemIndex } from './evals.queries.ts';
import { OutcomeBadge } from './verdict-badge.tsx';

const oneLine = (text: string | null): string => (text ?? '').replace(/\s+/g, ' ').trim();

const shared: readonly GridColumn<EvalItemRow>[] = [
  { id: 'position', header: '#', width: 64, align: 'end', text: (row) => formatNumber(row.position + 1) },
  {
    id: 'outcome',
    header: 'Outcome',
    width: 116,
    text: (row) => (row.outcome ? outcomeWords[row.outcome] : ''),
    cell: (row) => row.outcome && <OutcomeBadge outcome={row.outcome} />,
  },
  { id: 'prompt', header: 'Prompt', flex: 3, text: (row) => oneLine(row.prompt) },
  { id: 'expected', header: 'Expected', flex: 2, text: (row) => oneLine(row.expected) },
  { id: 'base', header: 'Base', flex: 2, text: (row) => oneLine(row.baseAnswer) },
  { id: 'tuned', header: 'Tuned', flex: 2, text: (row) => oneLine(row.tunedAnswer) },
];

const scoreColumn = (side: 'base' | 'tuned'): GridColumn<EvalItemRow> => ({
  id: `${side}-score`,
  header: side === 'base' ? 'Base score' : 'Tuned score',
  width: 100,
  align: 'end',
  text(row) {
    const score = side === 'base' ? row.baseScore : row.tunedScore;
    return score === null ? '' : formatScore(score, false);
  },
});

type ItemsProps = {
  result: EvalResult;
  outcome: ItemOutcome | null;
  search: string;
  open: number | null;
  onFilter: (filter: { outcome: ItemOutcome | null; search: string }) => void;
  onOpen: (position: number) => void;
  /** So that focus can come back to the row when the item closes. */
  grid: Ref<DataGridHandle>;
};

function OutcomeFilters(props: ItemsProps & { counts: Partial<Record<ItemOutcome, number>> }) {
  const { counts, outcome, search, onFilter } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings its own frame; this groups toggles.
    <div role="group" aria-label="Outcome" className="flex flex-wrap gap-1.5">
      {itemOutcome.options
        .filter((one) => (counts[one] ?? 0) > 0 || one === outcome)
        .map((one) => (
          <ToggleButton
            key={one}
            isSelected={outcome === one}
            onChange={(isSelected) => onFilter({ outcome: isSelected ? one : null, search })}
          >
            {outcomeWords[one]} {formatNumber(counts[one] ?? 0)}
          </ToggleButton>
        ))}
    </div>
  );
}

/** All items in a grid, by outcome and by words; Enter opens one beside. */
export function Items(props: ItemsProps) {
  const { result, outcome, search, open } = props;
  const { evalId } = result;
  const filter = useMemo(() => ({ outcome, search }), [outcome, search]);
  const index = useItemIndex(evalId, filter);
  const isPassFail = result.graders[0]?.isPassFail ?? true;
  const columns = useMemo(
    () => (isPassFail ? shared : [...shared, scoreColumn('base'), scoreColumn('tuned')]),
    [isPassFail],
  );
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2">
        <SearchField
          label="Search prompts and answers"
          value={search}
          onChange={(words) => props.onFilter({ outcome, search: words })}
          className="w-64"
        />
        <OutcomeFilters {...props} counts={index.data?.counts ?? {}} />
        <p aria-live="polite" className="ml-auto text-xs text-muted">
          {index.data && `${formatNumber(index.data.positions.length)} of ${formatNumber(result.itemCount)}`}
        </p>
      </div>
      <Loaded query={index}>
        {({ positions }) =>
          positions.length === 0 ? (
            <EmptyState title="No item fits">Empty the search or choose another outcome.</EmptyState>
          ) : (
            <DataGrid<EvalItemRow>
              label="Items"
              columns={columns}
              total={positions.length}
              viewKey={`${evalId} ${outcome ?? ''} ${search} ${positions.length}`}
              readPage={async (start, limit) => {
                const first = positions[start];
                if (first === undefined) return [];
                const page = await rpc.evals.items({ evalId, ...filter, afterPosition: first - 1, limit });
                return page.items;
              }}
              rowKey={(row) => String(row.position)}
              onOpen={(row) => props.onOpen(row.position)}
              openKey={open === null ? null : String(open)}
              handle={props.grid}
            />
          )
        }
      </Loaded>
    </div>
  );
}
