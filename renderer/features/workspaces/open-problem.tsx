import { LifeBuoy } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { describeFailure } from '../../ui/failure.ts';
import { formatMoment } from '../../ui/format.ts';
import { tell } from '../../ui/toast.tsx';
import { useRescue } from './workspaces.queries.ts';

/** Why a workspace did not open; for a damaged one with the way to its newest backup. */
export function OpenProblem(props: {
  error: unknown;
  wish: { folder: string; recoveryPhrase: string | null } | null;
  onDone?: (() => void) | undefined;
}) {
  const rescue = useRescue();
  const { wish } = props;
  const isDamaged = describeFailure(props.error).code === 'WORKSPACE_DAMAGED';
  const run = (): void => {
    if (!wish) return;
    rescue.mutate(wish, {
      onSuccess: ({ backupAt }) => {
        tell(`Opened as it was on ${formatMoment(backupAt)}. The damaged file is kept in its folder.`);
        props.onDone?.();
      },
    });
  };
  return (
    <div className="space-y-2">
      <ErrorLine error={rescue.error ?? props.error} />
      {isDamaged && wish && (
        <Button icon={<LifeBuoy aria-hidden />} onPress={run} isPending={rescue.isPending}>
          Open from the newest backup
        </Button>
      )}
    </div>
  );
}
