import { ArrowRight, Equal } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type {
  ChangeKind,
  DiffRow,
  DiffSummary,
  StateRef,
  Version,
} from '../../../shared/features/versions/versions.model.ts';
import { rpc } from '../../rpc.ts';
import { Badge } from '../../ui/badge.tsx';
import { ToggleButton } from '../../ui/button.tsx';
import { DataGrid, type DataGridHandle, type GridColumn } from '../../ui/data-grid.tsx';
import { DetailPane } from '../../ui/detail-pane.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { ConversationDiffView } from './conversation-diff.tsx';
import { changeKinds, changeWords, differing } from './version-words.ts';
import { useDiff, useDiffExample } from './versions.queries.ts';

/** The two sides by id; `now` is the data set as it is. */
export type Sides = { from: string; to: string };

const splitOf = (row: DiffRow): string => {
  const [before, after] = [row.before?.split ?? 'no split', row.after?.split ?? 'no split'];
  if (row.before && row.after && before !== after) return `${before} → ${after}`;
  return (row.after ?? row.before)?.split ?? '';
};

const columns: readonly GridColumn<DiffRow>[] = [
  {
    id: 'kind',
    header: 'Change',
    width: 112,
    text: (row) => changeWords[row.kind].word,
    cell: (row) => (
      <Badge tone={changeWords[row.kind].tone}>
        {changeWords[row.kind].sign} {changeWords[row.kind].word.toLowerCase()}
      </Badge>
    ),
  },
  {
    id: 'position',
    header: '#',
    width: 76,
    align: 'end',
    text: (row) => formatNumber((row.after ?? row.before)?.position ?? 0),
  },
  { id: 'prompt', header: 'Prompt', flex: 3, text: (row) => (row.after ?? row.before)?.prompt ?? '' },
  {
    id: 'answer',
    header: 'Answer',
    flex: 3,
    text: (row) =>
      row.before && row.after && row.before.answer !== row.after.answer
        ? `${row.before.answer} → ${row.after.answer}`
        : ((row.after ?? row.before)?.answer ?? ''),
  },
  { id: 'split', header: 'Split', width: 150, text: splitOf },
];

function Kinds(props: {
  summary: DiffSummary;
  kind: ChangeKind | null;
  onChange: (kind: ChangeKind | null) => void;
}) {
  return (
    <fieldset className="flex flex-wrap items-center gap-1.5">
      <legend className="sr-only">Kinds of change shown</legend>
      {changeKinds.map((one) => (
        <ToggleButton
          key={one}
          isSelected={props.kind === one}
          isDisabled={props.summary[one] === 0}
          onChange={(isOn) => props.onChange(isOn ? one : null)}
        >
          {changeWords[one].sign} {formatNumber(props.summary[one])} {changeWords[one].word.toLowerCase()}
        </ToggleButton>
      ))}
      <span className="pl-1 text-xs text-muted tabular-nums">
        {formatNumber(props.summary.unchanged)} unchanged
      </span>
    </fieldset>
  );
}

function ExampleDiff(props: { diffId: string; index: number; onClose: () => void }) {
  const example = useDiffExample(props.diffId, props.index);
  const place = (example.data?.after ?? example.data?.before)?.position;
  return (
    <DetailPane
      title={place === undefined ? 'Example' : `Example ${formatNumber(place)}`}
      marks={
        example.data && (
          <Badge tone={changeWords[example.data.kind].tone}>
            {changeWords[example.data.kind].sign} {changeWords[example.data.kind].word.toLowerCase()}
          </Badge>
        )
      }
      onClose={props.onClose}
    >
      <Loaded query={example}>{({ diff }) => <ConversationDiffView diff={diff} />}</Loaded>
    </DetailPane>
  );
}

function Changes({ diffId, summary }: { diffId: string; summary: DiffSummary }) {
  const [kind, setKind] = useState<ChangeKind | null>(null);
  const [open, setOpen] = useState<number | null>(null);
  const grid = useRef<DataGridHandle>(null);
  const total = kind === null ? differing(summary) : summary[kind];
  const shown = useMemo(
    () => (open === null ? columns : columns.filter(({ id }) => id !== 'split' && id !== 'answer')),
    [open],
  );
  if (differing(summary) === 0) {
    return (
      <EmptyState icon={<Equal aria-hidden />} title="The two are the same">
        All {formatCount(summary.unchanged, 'example')} and their splits agree.
      </EmptyState>
    );
  }
  const close = (): void => {
    setOpen(null);
    grid.current?.focusBack();
  };
  return (
    <>
      <div className="border-b border-line px-4 py-2">
        <Kinds
          summary={summary}
          kind={kind}
          onChange={(next) => {
            setOpen(null);
            setKind(next);
          }}
        />
      </div>
      <SplitPane
        id="versions.example"
        label="Width of the example"
        size={52}
        first={
          <DataGrid
            label="Differing examples"
            columns={shown}
            total={total}
            viewKey={`${diffId} ${kind ?? 'all'}`}
            readPage={async (start, limit) =>
              (await rpc.versions.diffPage({ diffId, kind, start, limit })).rows
            }
            rowKey={(row) => String(row.index)}
            onOpen={(row) => setOpen(row.index)}
            onFocusRow={(row) => open !== null && row.index !== open && setOpen(row.index)}
            openKey={open === null ? null : String(open)}
            handle={grid}
          />
        }
        second={open === null ? null : <ExampleDiff diffId={diffId} index={open} onClose={close} />}
      />
    </>
  );
}

/** Compares two versions, or one with the data set as it is now, down to the words of each message. */
export function Comparison(props: {
  datasetId: string;
  versions: readonly Version[];
  sides: Sides;
  onChange: (sides: Sides) => void;
}) {
  const { sides, versions } = props;
  const refOf = (side: string): StateRef =>
    side === 'now' ? { datasetId: props.datasetId } : { versionId: side };
  const diff = useDiff(refOf(sides.from), refOf(sides.to));
  const options = [
    { value: 'now', label: 'Now' },
    ...versions.map((one) => ({ value: one.versionId, label: `v${one.number}`, detail: one.message })),
  ];
  return (
    <section aria-label="Comparison" className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2">
        <h2 className="pr-2 text-sm font-semibold">Compare</h2>
        <Select
          label="From"
          isLabelHidden
          size="compact"
          options={options}
          value={sides.from}
          onChange={(from) => props.onChange({ ...sides, from })}
          className="w-40"
        />
        <ArrowRight aria-label="with" className="size-4 text-muted" />
        <Select
          label="To"
          isLabelHidden
          size="compact"
          options={options}
          value={sides.to}
          onChange={(to) => props.onChange({ ...sides, to })}
          className="w-40"
        />
      </div>
      <Loaded query={diff} label="Comparing">
        {({ diffId, summary }) => <Changes key={diffId} diffId={diffId} summary={summary} />}
      </Loaded>
    </section>
  );
}
