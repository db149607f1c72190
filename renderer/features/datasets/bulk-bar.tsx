import { Check, CircleX, Columns2, Tags, Trash2, X } from 'lucide-react';
import { Button, IconButton } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Menu } from '../../ui/menu.tsx';
import type { BulkActions, BulkTarget } from './use-bulk-actions.tsx';

export type Picked = { readonly kind: 'some'; readonly ids: readonly number[] } | { readonly kind: 'all' };

/** The picked examples, to do something to. */
export function targetOf(picked: Picked, view: { viewId: string; total: number }): BulkTarget {
  return picked.kind === 'all'
    ? { which: { viewId: view.viewId }, count: view.total }
    : { which: { exampleIds: [...picked.ids] }, count: picked.ids.length };
}

/** What can be done with the picked examples, at the foot of the list while some are picked. */
export function BulkBar(props: {
  picked: Picked;
  view: { viewId: string; total: number; isCounted: boolean };
  actions: BulkActions;
  onPick: (picked: Picked | null) => void;
  onCompare: (first: number, second: number) => void;
}) {
  const { picked, view, actions, onPick } = props;
  const target = targetOf(picked, view);
  const [first, second] = picked.kind === 'some' ? picked.ids : [];
  return (
    <section
      aria-label="Picked examples"
      className="flex shrink-0 flex-wrap items-center gap-2 border-t border-line-strong bg-raised px-4 py-2"
    >
      <span role="status" className="mr-1 text-sm font-medium tabular-nums">
        {picked.kind === 'all' && !view.isCounted ? 'All' : formatNumber(target.count)} picked
      </span>
      {picked.kind === 'some' && view.isCounted && view.total > picked.ids.length && (
        <Button size="compact" variant="quiet" onPress={() => onPick({ kind: 'all' })}>
          Select all {formatNumber(view.total)} matching
        </Button>
      )}
      <Button size="compact" icon={<Check aria-hidden />} onPress={() => actions.decide(target, 'approved')}>
        Approve
      </Button>
      <Button
        size="compact"
        icon={<CircleX aria-hidden />}
        onPress={() => actions.decide(target, 'rejected')}
      >
        Reject
      </Button>
      <Button size="compact" icon={<Tags aria-hidden />} onPress={() => actions.tag(target)}>
        Tag…
      </Button>
      <Menu label="Move to" placement="top start" entries={actions.splits(target)}>
        <Button size="compact">Split</Button>
      </Menu>
      <Button size="compact" onPress={() => actions.change(target, 'replace')}>
        Replace…
      </Button>
      <Button size="compact" onPress={() => actions.change(target, 'system-prompt')}>
        System prompt…
      </Button>
      {first !== undefined && second !== undefined && (
        <Button size="compact" icon={<Columns2 aria-hidden />} onPress={() => props.onCompare(first, second)}>
          Compare
        </Button>
      )}
      <IconButton
        label={`Delete ${formatCount(target.count, 'example')}`}
        icon={<Trash2 aria-hidden />}
        onPress={() => actions.remove(target)}
      />
      <span role="status" className="min-w-0 flex-1 truncate text-sm text-muted">
        {actions.isBusy && 'Changing them; you can go on meanwhile.'}
      </span>
      {actions.failure !== null && actions.failure !== undefined && <ErrorLine error={actions.failure} />}
      <IconButton label="Pick none" icon={<X aria-hidden />} onPress={() => onPick(null)} />
    </section>
  );
}
