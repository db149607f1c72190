import type { LeakReport } from '../../../shared/features/datasets/datasets.model.ts';
import { ToneIcon } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { useLeaks } from './datasets.queries.ts';

const shownGroups = 5;

function Leak(props: { leak: LeakReport['near']; none: string; words: string }) {
  const { groups, examples } = props.leak;
  return (
    <li className="flex items-start gap-2 text-sm">
      <ToneIcon tone={groups === 0 ? 'emerald' : 'ruby'} className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">
        <p>{groups === 0 ? props.none : `${formatCount(groups, 'group')} of ${props.words}`}</p>
        {groups > 0 && (
          <p className="text-xs text-muted">
            Examples{' '}
            {examples
              .slice(0, shownGroups)
              .map((group) => group.map((one) => formatNumber(one)).join(' and '))
              .join('; ')}
            {groups > shownGroups && ' …'}
          </p>
        )}
      </div>
    </li>
  );
}

/** What a split let through: prompts that stand in more than one split, with the way to mend it. */
export function LeakDialog(props: {
  datasetId: string;
  /** True when grouping by nearly identical prompts would help. */
  canGroupNear: boolean;
  isOpen: boolean;
  onClose: () => void;
  onGroupNear: () => void;
}) {
  const leaks = useLeaks(props.datasetId);
  const isLeaking = (leaks.data?.near.groups ?? 0) > 0 && props.canGroupNear;
  return (
    <Dialog
      title="Leak check"
      isOpen={props.isOpen}
      onClose={props.onClose}
      width="medium"
      actions={
        <>
          {isLeaking && <Button onPress={props.onGroupNear}>Split again, keeping them together</Button>}
          <Button variant="primary" onPress={props.onClose}>
            Done
          </Button>
        </>
      }
    >
      <Loaded query={leaks} label="Comparing prompts across splits">
        {({ identical, near }) => (
          <ul className="space-y-3">
            <Leak
              leak={identical}
              none="No prompt is in two splits."
              words="identical prompts are in more than one split"
            />
            <Leak
              leak={near}
              none="No two nearly identical prompts are in different splits."
              words="nearly identical prompts are in more than one split"
            />
          </ul>
        )}
      </Loaded>
    </Dialog>
  );
}
