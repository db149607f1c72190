import { Check, CircleX, MessageSquare, Pencil } from 'lucide-react';
import { type Ref, useMemo } from 'react';
import type { ExampleRow, Method } from '../../../shared/features/datasets/datasets.model.ts';
import { rpc } from '../../rpc.ts';
import { DataGrid, type DataGridHandle, type GridColumn, type GridSort } from '../../ui/data-grid.tsx';
import { formatNumber } from '../../ui/format.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import { FindingMarks, findingText, StatusMark } from './dataset-words.tsx';
import type { ViewPatch, ViewState } from './view-state.ts';

/** What the second text of a row is, by method. */
const answerWords = {
  sft: 'Answer',
  dpo: 'Preferred',
  rft: 'Reference',
} as const satisfies Record<Method, string>;

const columns: readonly GridColumn<ExampleRow>[] = [
  {
    id: 'position',
    header: '#',
    width: 76,
    align: 'end',
    isSortable: true,
    text: (row) => formatNumber(row.position),
  },
  { id: 'prompt', header: 'Prompt', flex: 3, text: (row) => row.prompt },
  {
    id: 'answer',
    header: 'Answer',
    flex: 2,
    text: (row) => (row.isEdited ? `${row.answer} (edited)` : row.answer),
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-1.5">
        <span className="truncate">{row.answer}</span>
        {row.isEdited && (
          <Pencil role="img" aria-label="edited" className="size-3 shrink-0 text-accent-ink" />
        )}
      </span>
    ),
  },
  {
    id: 'tokens',
    header: 'Tokens',
    width: 92,
    align: 'end',
    isSortable: true,
    text: (row) => formatNumber(row.tokens),
  },
  {
    id: 'findings',
    header: 'Findings',
    width: 120,
    isSortable: true,
    text: (row) => findingText(row.findings),
    cell: (row) => {
      const { error, warning, info } = row.findings;
      return error + warning + info === 0 ? null : <FindingMarks counts={row.findings} />;
    },
  },
  {
    id: 'status',
    header: 'Status',
    width: 108,
    text: (row) => (row.openComments > 0 ? `${row.status}, ${row.openComments} open comments` : row.status),
    cell: (row) => (
      <span className="flex h-full items-center gap-1.5">
        {row.status !== 'draft' && <StatusMark status={row.status} />}
        {row.openComments > 0 && (
          <span className="inline-flex items-center gap-0.5 text-xs text-muted">
            <MessageSquare role="img" aria-label="open comments" className="size-3.5" />
            {row.openComments}
          </span>
        )}
      </span>
    ),
  },
  {
    id: 'reviewers',
    header: 'Reviewers',
    width: 120,
    text: (row) => row.decisions.map(({ reviewer, decision }) => `${reviewer} ${decision}`).join(', '),
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-2">
        {row.decisions.map(({ reviewer, decision }) => (
          <span key={reviewer} className="inline-flex min-w-0 items-center gap-1">
            {decision === 'approved' ? (
              <Check role="img" aria-label="approved by" className="size-3.5 shrink-0 text-emerald" />
            ) : (
              <CircleX role="img" aria-label="rejected by" className="size-3.5 shrink-0 text-ruby" />
            )}
            <span className="truncate">{reviewer}</span>
          </span>
        ))}
      </span>
    ),
  },
  { id: 'split', header: 'Split', width: 96, text: (row) => row.split ?? '' },
  { id: 'tags', header: 'Tags', width: 120, text: (row) => row.tags.join(', ') },
];

/** The other answer of a preference pair; only such sets have one. */
const rejectedColumn: GridColumn<ExampleRow> = {
  id: 'rejected',
  header: 'Rejected',
  flex: 2,
  text: (row) => row.rejected ?? '…',
};
const narrowColumns = ['position', 'prompt', 'answer', 'status'];

const sortable = { position: 'position', tokens: 'tokens', findings: 'findings' } as const;

function sortOf(state: ViewState): GridSort | null {
  if (state.by === 'relevance' || (state.by === 'position' && !state.down)) return null;
  return { columnId: state.by, direction: state.down ? 'desc' : 'asc' };
}

/** The examples of a view; more columns the more room there is. */
export function ExampleGrid(props: {
  viewId: string;
  total: number;
  /** The filter and the order, as text. */
  wanted: string;
  firstRows: readonly ExampleRow[];
  revision: number;
  state: ViewState;
  isNarrow: boolean;
  method: Method;
  /** Somebody approved or rejected an example of the set. */
  hasDecisions: boolean;
  onChange: (patch: ViewPatch) => void;
  onOpen: (row: ExampleRow) => void;
  handle: Ref<DataGridHandle>;
  onSelect: (exampleIds: number[]) => void;
  areAllPicked: boolean;
  menu: (row: ExampleRow, isPicked: boolean) => readonly MenuEntry[];
}) {
  const { state, onChange, isNarrow, method, hasDecisions } = props;
  const shown = useMemo(() => {
    const named = columns.flatMap((one) => {
      if (one.id === 'reviewers' && !hasDecisions) return [];
      if (one.id !== 'answer') return [one];
      const answer = { ...one, header: answerWords[method] };
      return method === 'dpo' ? [answer, rejectedColumn] : [answer];
    });
    return isNarrow ? named.filter(({ id }) => narrowColumns.includes(id)) : named;
  }, [isNarrow, method, hasDecisions]);
  return (
    <DataGrid
      label="Examples"
      columns={shown}
      total={props.total}
      viewKey={props.viewId}
      placeKey={props.wanted}
      firstRows={props.firstRows}
      revision={props.revision}
      readPage={async (start, limit) =>
        (await rpc.datasets.viewPage({ viewId: props.viewId, start, limit })).rows
      }
      rowKey={(row) => String(row.exampleId)}
      onOpen={props.onOpen}
      // With an example open beside the grid, the arrows walk through the examples.
      onFocusRow={(row) => state.open !== null && row.exampleId !== state.open && props.onOpen(row)}
      openKey={state.open === null ? null : String(state.open)}
      sort={sortOf(state)}
      onSort={(sort) => {
        const by = Object.values(sortable).find((one) => one === sort?.columnId) ?? 'position';
        onChange({ by, down: sort?.direction === 'desc' });
      }}
      handle={props.handle}
      areAllPicked={props.areAllPicked}
      menu={props.menu}
      onSelect={(keys) => props.onSelect(keys.map(Number))}
    />
  );
}
