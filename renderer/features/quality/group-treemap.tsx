import { useMemo } from 'react';
import type { DuplicateGroup } from '../../../shared/features/quality/quality.model.ts';
import { formatPercent } from '../../ui/format.ts';
import { Treemap } from '../../ui/treemap.tsx';

/** The groups of a page by their size; a press opens one. */
export function GroupTreemap(props: {
  groups: readonly DuplicateGroup[];
  onOpen: (group: DuplicateGroup) => void;
}) {
  const tiles = useMemo(
    () =>
      props.groups.map((group) => ({
        name: `Group ${group.ordinal + 1}`,
        value: group.size,
        detail: `${formatPercent(group.similarity)} alike${group.isLeak ? ', leaks' : ''}`,
        isMarked: group.isLeak,
      })),
    [props.groups],
  );
  const { groups, onOpen } = props;
  return (
    <Treemap
      title="Groups by size"
      valueName="examples"
      tiles={tiles}
      markName="leaks between splits"
      onSelect={(at) => {
        const group = groups[at];
        if (group) onOpen(group);
      }}
    />
  );
}
