import { useState } from 'react';
import type {
  DuplicateGroup,
  GroupKind,
  KeepRule,
  QualityProfile,
} from '../../../shared/features/quality/quality.model.ts';
import { comparableText } from '../../../shared/features/quality/near-duplicates/comparable-text.ts';
import { tellUndoable } from '../../history.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount, formatNumber, formatPercent } from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { RowButton } from '../../ui/row-button.tsx';
import { Select } from '../../ui/select.tsx';
import { WordDiff } from '../../ui/word-diff.tsx';
import { GroupTreemap } from './group-treemap.tsx';
import { groupsPerPage, useGroups, useKeepOne, useMember } from './quality.queries.ts';
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

function GroupRow(props: { group: DuplicateGroup; isOpen: boolean; onToggle: () => void }) {
  const { group } = props;
  const live = group.members.filter(({ isDeleted }) => !isDeleted).length;
  const isResolved = live < 2 && group.size <= group.members.length;
  return (
    <RowButton
      onPress={props.onToggle}
      className="flex w-full items-center gap-3 rounded-sm px-2 py-1.5 text-sm hover:bg-hover"
    >
      <span className="w-20 shrink-0 font-medium">Group {formatNumber(group.ordinal + 1)}</span>
      <span className="w-28 shrink-0 tabular-nums">{formatCount(group.size, 'example')}</span>
      <span className="w-24 shrink-0 text-muted tabular-nums">
        {group.kind === 'exact'
          ? 'the same'
          : `≥ ${formatPercent(Math.floor(group.similarity * 100) / 100)} alike`}
      </span>
      <span className="min-w-0 flex-1 truncate text-muted">
        {group.members.slice(0, 6).map(memberName).join(', ')}
        {group.size > 6 && ' …'}
      </span>
      {group.isLeak && !isResolved && <Badge tone="ruby">leak</Badge>}
      {isResolved && <Badge tone="emerald">resolved</Badge>}
      <span className="sr-only">{props.isOpen ? 'Close' : 'Show the difference'}</span>
    </RowButton>
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

/** The groups of a kind: as areas, as a list page by page, one of them open with its difference. */
export function Groups(props: { datasetId: string; kind: GroupKind; profile: QualityProfile }) {
  const { datasetId, kind } = props;
  const counts = props.profile.groups[kind];
  const [start, setStart] = useState(0);
  const [open, setOpen] = useState<number | null>(null);
  const query = useGroups({ datasetId, kind, start });
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
        {({ groups, total }) => (
          <>
            {isVaried(groups) && <GroupTreemap groups={groups} onOpen={({ ordinal }) => setOpen(ordinal)} />}
            <ul className="divide-y divide-line">
              {groups.map((group) => (
                <li key={group.ordinal}>
                  <GroupRow
                    group={group}
                    isOpen={open === group.ordinal}
                    onToggle={() => setOpen(open === group.ordinal ? null : group.ordinal)}
                  />
                  {open === group.ordinal && (
                    <div className="px-2 pt-1 pb-4">
                      <GroupDiff datasetId={datasetId} group={group} />
                    </div>
                  )}
                </li>
              ))}
            </ul>
            {total > groupsPerPage && (
              <div className="flex items-center gap-2 text-sm text-muted">
                <Button
                  size="compact"
                  isDisabled={start === 0}
                  onPress={() => setStart(Math.max(0, start - groupsPerPage))}
                >
                  Earlier groups
                </Button>
                <Button
                  size="compact"
                  isDisabled={start + groupsPerPage >= total}
                  onPress={() => setStart(start + groupsPerPage)}
                >
                  Further groups
                </Button>
                <span className="tabular-nums">
                  {formatNumber(start + 1)}–{formatNumber(Math.min(total, start + groupsPerPage))} of{' '}
                  {formatNumber(total)}
                </span>
              </div>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}
