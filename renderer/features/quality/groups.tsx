import { useState } from 'react';
import type {
  DuplicateGroup,
  GroupKind,
  KeepRule,
  QualityProfile,
} from '../../../shared/features/quality/quality.model.ts';
import { comparableText } from '../../../shared/features/quality/near-duplicates/comparable-text.ts';
import { tellUndoable } from '../../history.ts';
import { rpc } from '../../rpc.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { DataGrid, type GridColumn } from '../../ui/data-grid.tsx';
import { formatCount, formatNumber, formatPercent } from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';
import { WordDiff } from '../../ui/word-diff.tsx';
import { GroupTreemap } from './group-treemap.tsx';
import { useGroups, useKeepOne, useMember } from './quality.queries.ts';
import { examplesHref } from './quality-words.ts';

const keepOptions = [
  { value: 'first', label: 'Keep the first' },
  { value: 'longest', label: 'Keep the longest' },
  { value: 'newest', label: 'Keep the last edited' },
] as const;

type Member = DuplicateGroup['members'][number];

function memberName({ position, split }: Member): string {
  return `example ${formatNumber(position)}${split ? ` (${split})` : ''}`;
}

/** Two members of a group, the second as a change of the first. */
function GroupDiff({ datasetId, group }: { datasetId: string; group: DuplicateGroup }) {
  const live = group.members.filter(({ isDeleted }) => !isDeleted);
  const [first, ...others] = live;
  const [chosen, choose] = useState<number | null>(null);
  const other = others.find(({ exampleId }) => exampleId === chosen) ?? others[0];
  const [one, two] = [useMember(first?.exampleId), useMember(other?.exampleId)];
  if (!first || !other) return <p className="text-sm text-muted">Resolved: one of them is left.</p>;
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-end gap-3">
        <Select
          label="Compare with the first"
          size="compact"
          className="w-56"
          value={String(other.exampleId)}
          onChange={(id) => choose(Number(id))}
          options={others.map((member) => ({ value: String(member.exampleId), label: memberName(member) }))}
        />
        <p className="pb-1.5 text-sm">
          <Link href={examplesHref(datasetId, { open: first.exampleId })}>Open {memberName(first)}</Link>
          {' · '}
          <Link href={examplesHref(datasetId, { open: other.exampleId })}>Open {memberName(other)}</Link>
        </p>
      </div>
      {one.data && two.data ? (
        <WordDiff
          label={`Difference between ${memberName(first)} and ${memberName(other)}`}
          before={comparableText(one.data.value)}
          after={comparableText(two.data.value)}
          className="max-h-80 overflow-auto rounded-md border border-line p-3"
        />
      ) : (
        (one.error ?? two.error) && <ErrorLine error={one.error ?? two.error} />
      )}
    </div>
  );
}

function isResolved(group: DuplicateGroup): boolean {
  const live = group.members.filter(({ isDeleted }) => !isDeleted).length;
  return live < 2 && group.size <= group.members.length;
}

const columns: readonly GridColumn<DuplicateGroup>[] = [
  { id: 'group', header: 'Group', width: 96, text: ({ ordinal }) => `Group ${formatNumber(ordinal + 1)}` },
  { id: 'size', header: 'Size', width: 112, text: ({ size }) => formatCount(size, 'example') },
  {
    id: 'likeness',
    header: 'Likeness',
    width: 112,
    text: ({ kind, similarity }) =>
      kind === 'exact' ? 'the same' : `≥ ${formatPercent(Math.floor(similarity * 100) / 100)} alike`,
  },
  {
    id: 'members',
    header: 'Examples',
    flex: 1,
    text: ({ members, size }) => members.slice(0, 6).map(memberName).join(', ') + (size > 6 ? ' …' : ''),
  },
  {
    id: 'state',
    header: 'State',
    width: 104,
    text: (group) => (isResolved(group) ? 'resolved' : group.isLeak ? 'leak' : ''),
    cell: (group) =>
      isResolved(group) ? (
        <Badge tone="emerald">resolved</Badge>
      ) : group.isLeak ? (
        <Badge tone="ruby">leak</Badge>
      ) : null,
  },
];

/** Rows of the list that are seen at once. */
const rowsSeen = 12;

/** All groups of a kind, however many; the open one is shown below with its difference. */
function GroupGrid(props: {
  which: { datasetId: string; kind: GroupKind };
  first: readonly DuplicateGroup[];
  total: number;
  revision: number;
  open: DuplicateGroup | null;
  onOpen: (group: DuplicateGroup) => void;
}) {
  const { which, total, open } = props;
  return (
    <div
      className="flex flex-col overflow-hidden rounded-md border border-line"
      style={{ height: `${Math.min(rowsSeen, total) * 2 + 2.125}rem` }}
    >
      <DataGrid
        label={`${kindTitles[which.kind]}, by group`}
        columns={columns}
        total={total}
        viewKey={`${which.datasetId} ${which.kind} ${total}`}
        placeKey={`${which.datasetId} ${which.kind}`}
        firstRows={props.first}
        revision={props.revision}
        readPage={async (start, limit) => (await rpc.quality.groups({ ...which, start, limit })).groups}
        rowKey={({ ordinal }) => String(ordinal)}
        openKey={open === null ? null : String(open.ordinal)}
        onOpen={props.onOpen}
        onFocusRow={(group) => open !== null && props.onOpen(group)}
      />
    </div>
  );
}

function KeepOne(props: {
  datasetId: string;
  kind: 'exact' | 'near';
  counts: { groups: number; repeats: number };
}) {
  const [keep, setKeep] = useState<KeepRule>('first');
  const keepOne = useKeepOne();
  const run = (): void =>
    keepOne.mutate(
      { datasetId: props.datasetId, kind: props.kind, ordinals: null, keep },
      { onSuccess: ({ deleted }) => tellUndoable(`Deleted ${formatCount(deleted, 'repeat')}.`) },
    );
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap items-center gap-2">
        <Select
          label="Which one stays"
          isLabelHidden
          size="compact"
          className="w-48"
          value={keep}
          onChange={setKeep}
          options={keepOptions}
        />
        <Button size="compact" variant="primary" onPress={run} isPending={keepOne.isPending}>
          Keep one of {formatCount(props.counts.groups, 'group')}
        </Button>
      </div>
      {keepOne.error && <ErrorLine error={keepOne.error} />}
    </div>
  );
}

/** Areas of one size say nothing that the list does not. */
function isVaried(groups: readonly DuplicateGroup[]): boolean {
  return new Set(groups.map(({ size }) => size)).size > 1;
}

const kindTitles: Readonly<Record<GroupKind, string>> = {
  exact: 'Exact repeats',
  near: 'Near duplicates',
  contradiction: 'Contradictions',
};

/** The groups of a kind: as areas, as a list, and one of them open with its difference. */
export function Groups(props: { datasetId: string; kind: GroupKind; profile: QualityProfile }) {
  const { datasetId, kind } = props;
  const counts = props.profile.groups[kind];
  const [open, setOpen] = useState<DuplicateGroup | null>(null);
  const query = useGroups({ datasetId, kind });
  if (counts.groups === 0) return null;
  return (
    <section aria-label={kindTitles[kind]} className="space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-base font-medium">
          {kindTitles[kind]}: {formatCount(counts.groups, 'group')}
          {kind !== 'contradiction' && `, ${formatCount(counts.repeats, 'repeat')}`}
        </h3>
        {kind !== 'contradiction' && <KeepOne datasetId={datasetId} kind={kind} counts={counts} />}
      </div>
      <Loaded query={query}>
        {({ groups, total }) => {
          // What was opened may have changed since: the list knows it as it is now.
          const shown = groups.find(({ ordinal }) => ordinal === open?.ordinal) ?? open;
          return (
            <>
              {isVaried(groups) && <GroupTreemap groups={groups} onOpen={setOpen} />}
              <GroupGrid
                which={{ datasetId, kind }}
                first={groups}
                total={total}
                revision={query.dataUpdatedAt}
                open={open}
                onOpen={setOpen}
              />
              {shown && (
                <section aria-label={`Group ${formatNumber(shown.ordinal + 1)}`} className="space-y-3">
                  <h4 className="text-sm font-medium">Group {formatNumber(shown.ordinal + 1)}</h4>
                  <GroupDiff key={shown.ordinal} datasetId={datasetId} group={shown} />
                </section>
              )}
            </>
          );
        }}
      </Loaded>
    </section>
  );
}
