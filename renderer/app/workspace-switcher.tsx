import { ChevronsUpDown } from 'lucide-react';
import { Button } from 'react-aria-components';
import { Menu, type MenuEntry } from '../ui/menu.tsx';
import { useBoundCommands } from './window-commands.ts';
import { useSwitchWorkspace } from './switch-workspace.ts';
import { useWorkspaces } from '../features/workspaces/workspaces.queries.ts';

const below = ['workspace.new', 'workspace.open', 'workspace.demo', 'workspace.close'];

/** Names the open workspace and leads to the others. */
export function WorkspaceSwitcher() {
  const status = useWorkspaces().data;
  const switchTo = useSwitchWorkspace();
  const commands = useBoundCommands();
  const open = status?.open ?? null;
  const recent = (status?.recent ?? []).slice(0, 8);
  const entries: MenuEntry[] = [
    ...recent.map((workspace) => ({
      id: workspace.folder,
      label: workspace.name,
      detail: workspace.isMissing ? 'The folder is not there any more.' : workspace.folder,
      isDisabled: workspace.isMissing,
      isChecked: workspace.folder === open?.folder,
      run: () => workspace.folder !== open?.folder && switchTo(workspace.folder),
    })),
    ...(recent.length > 0 ? [{ id: 'separator', separator: true as const }] : []),
    ...commands
      .filter((command) => below.includes(command.id) && command.isEnabled !== false)
      .map((command) => ({
        id: command.id,
        label: command.title,
        keys: command.keys ?? undefined,
        run: command.run,
      })),
  ];
  return (
    <Menu label="Workspaces" entries={entries} minWidth={280}>
      <Button className="flex h-7 min-w-0 cursor-default items-center gap-1 rounded-md px-2 text-sm font-medium hover:bg-hover-canvas pressed:bg-press">
        <span className="max-w-32 truncate sm:max-w-56">{open ? open.name : 'No workspace'}</span>
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
      </Button>
    </Menu>
  );
}
