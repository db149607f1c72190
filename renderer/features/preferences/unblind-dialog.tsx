import type { PreferenceSet } from '../../../shared/features/preferences/preferences.model.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { formatCount } from '../../ui/format.ts';
import { useUnblind } from './preferences.queries.ts';

/** Asks before sources are shown in an open queue: it cannot be taken back, and it is written down. */
export function UnblindDialog({ set, onClose }: { set: PreferenceSet; onClose: () => void }) {
  const unblind = useUnblind();
  return (
    <ConfirmDialog
      title="Show who wrote which answer?"
      verb="Show the sources for good"
      isOpen
      isDanger
      isPending={unblind.isPending}
      error={unblind.error}
      onClose={onClose}
      onConfirm={() => unblind.mutate(set.setId, { onSuccess: onClose })}
    >
      <p>
        {formatCount(set.verdicts, 'verdict')} so far {set.verdicts === 1 ? 'was' : 'were'} given blind; every
        later one will be marked as not blind. What was seen cannot be made unseen: this cannot be undone, and
        it stands in the workspace’s history for ever.
      </p>
      <p className="mt-2">Closing the queue shows the sources too, without spoiling a verdict.</p>
    </ConfirmDialog>
  );
}
