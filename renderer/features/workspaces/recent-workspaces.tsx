import { FolderX, X } from 'lucide-react';
import type { RecentWorkspace } from '../../../shared/features/workspaces/workspaces.model.ts';
import { IconButton } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatAgo } from '../../ui/format.ts';
import { RowButton } from '../../ui/row-button.tsx';
import { useForgetRecent } from './workspaces.queries.ts';

/** The workspaces of this machine, newest first; one press opens one. What is gone can be taken off the list. */
export function RecentWorkspaces(props: {
  recent: readonly RecentWorkspace[];
  onOpen: (folder: string) => void;
  pendingFolder: string | null;
}) {
  const forget = useForgetRecent();
  const now = Date.now();
  return (
    <>
      <ul className="divide-y divide-line rounded-md border border-line">
        {props.recent.map((workspace) => (
          <li key={workspace.folder} className="flex items-center gap-1 pr-1.5">
            <RowButton
              isDisabled={workspace.isMissing}
              isPending={props.pendingFolder === workspace.folder}
              onPress={() => props.onOpen(workspace.folder)}
              className="focus-inside grid min-w-0 flex-1 cursor-default grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 rounded-md px-3 py-2 text-left hover:bg-hover disabled:hover:bg-transparent"
            >
              <span className="truncate text-base font-medium">{workspace.name}</span>
              <span className="text-xs text-muted">
                {workspace.isMissing ? 'not there any more' : formatAgo(workspace.lastOpenedAt, now)}
              </span>
              <span className="col-span-2 flex min-w-0 items-center gap-1.5 font-mono text-xs text-muted">
                {workspace.isMissing && <FolderX aria-hidden className="size-3.5 shrink-0 text-amber" />}
                <span className="truncate" title={workspace.folder}>
                  {workspace.folder}
                </span>
              </span>
            </RowButton>
            <IconButton
              label={`Take ${workspace.name} off this list`}
              icon={<X aria-hidden />}
              onPress={() => forget.mutate(workspace.folder)}
            />
          </li>
        ))}
      </ul>
      {forget.error && <ErrorLine error={forget.error} className="mt-2" />}
    </>
  );
}
