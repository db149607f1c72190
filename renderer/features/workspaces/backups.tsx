import { DatabaseBackup } from 'lucide-react';
import { useState } from 'react';
import { ToneIcon } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatBytes, formatCount, formatMoment } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Table } from '../../ui/table.tsx';
import { tell } from '../../ui/toast.tsx';
import { useBackUp, useBackups, useRestore } from './workspaces.queries.ts';

type Backup = NonNullable<ReturnType<typeof useBackups>['data']>[number];

/** Asks, then puts the backup in the place of the workspace. */
function RestoreDialog(props: { backup: Backup | null; onClose: () => void }) {
  const restore = useRestore();
  const { backup } = props;
  const close = (): void => {
    restore.reset();
    props.onClose();
  };
  const confirm = (): void => {
    if (!backup) return;
    restore.mutate(backup.file, {
      onSuccess: () => {
        close();
        tell(`The workspace is as it was on ${formatMoment(backup.at)}.`);
      },
    });
  };
  return (
    <ConfirmDialog
      title={backup ? `Go back to ${formatMoment(backup.at)}?` : ''}
      verb="Restore this backup"
      isOpen={backup !== null}
      onClose={close}
      onConfirm={confirm}
      isPending={restore.isPending}
      error={restore.error ?? undefined}
    >
      The workspace becomes what it was then. What it is now is backed up first, so that you can come back.
      Running tasks stop.
    </ConfirmDialog>
  );
}

/** The backups of the workspace: make one, see what each is, go back to one. */
export function Backups() {
  const query = useBackups();
  const backUp = useBackUp();
  const [chosen, setChosen] = useState<Backup | null>(null);
  const make = (
    <Button
      icon={<DatabaseBackup aria-hidden />}
      onPress={() => backUp.mutate()}
      isPending={backUp.isPending}
      size="compact"
    >
      Back up now
    </Button>
  );
  return (
    <div className="w-full max-w-5xl px-6 pt-2.5 pb-5">
      <div className="mb-4 flex flex-wrap items-center gap-3 text-sm text-muted">
        {make}
        <span role="status" className="flex min-w-0 items-center gap-2">
          {backUp.data ? (
            <>
              <ToneIcon tone="emerald" />
              Backed up and proven: {formatCount(backUp.data.verifiedRows, 'row')},{' '}
              {formatBytes(backUp.data.sizeBytes)}, every page read again.
            </>
          ) : (
            'Backups lie in the workspace’s own folder, encrypted like it. Copy one elsewhere to survive a lost disk.'
          )}
        </span>
      </div>
      {backUp.error && <ErrorLine error={backUp.error} className="mb-4" />}
      <Loaded query={query}>
        {(backups) =>
          backups.length === 0 ? (
            <EmptyState icon={<DatabaseBackup aria-hidden />} title="There is no backup yet">
              One is made by itself before the format of a workspace changes and before a restore.
            </EmptyState>
          ) : (
            <Table
              caption="Backups, newest first"
              rows={backups}
              rowKey={(backup) => backup.file}
              columns={[
                { id: 'at', header: 'Made', cell: (backup) => formatMoment(backup.at) },
                { id: 'reason', header: 'Why', cell: (backup) => backup.reason },
                { id: 'size', header: 'Size', align: 'end', cell: (backup) => formatBytes(backup.sizeBytes) },
                {
                  id: 'restore',
                  header: <span className="sr-only">Restore</span>,
                  align: 'end',
                  cell: (backup) => (
                    <Button
                      size="compact"
                      variant="quiet"
                      onPress={() => setChosen(backup)}
                      aria-label={`Restore the backup of ${formatMoment(backup.at)}`}
                    >
                      Restore…
                    </Button>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
      <RestoreDialog backup={chosen} onClose={() => setChosen(null)} />
    </div>
  );
}
