import { useRouter } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import {
  type Command,
  type CommandMenu,
  type WindowCommandId,
  keysOf,
  windowCommands,
} from '../../shared/features/settings/commands.ts';
import { redoLast, undoLast } from '../history.ts';
import { rpc } from '../rpc.ts';
import { type BoundCommand, useAllCommands, useCommandStore, useCommands } from '../ui/commands.ts';
import { failureText } from '../ui/failure.ts';
import { tellFailure } from '../ui/toast.tsx';
import { useFrame } from './frame-store.ts';
import { navigationEntries } from './navigation-entries.ts';
import { focusPane } from './panes.ts';
import { screens } from './screens.ts';
import { useChangeSettings, useSettings } from '../features/settings/settings.queries.ts';
import { useOpenWorkspace } from '../features/workspaces/workspaces.queries.ts';

const groupOf: Record<Exclude<CommandMenu, null>, string> = {
  file: 'Workspace',
  edit: 'Edit',
  view: 'View',
  go: 'Go to',
  help: 'Help',
};

const owner = 'window';

async function closeWorkspace(): Promise<void> {
  try {
    await rpc.workspaces.close();
  } catch (error) {
    tellFailure(failureText(error));
  }
}

/** What each command of the window does. */
function useRuns(): Record<WindowCommandId, () => void> {
  const router = useRouter();
  const set = useFrame((frame) => frame.set);
  const toggleNav = useFrame((frame) => frame.toggleNav);
  const change = useChangeSettings();
  return useMemo(() => {
    const go = (href: string) => () => void router.navigate({ href });
    return {
      'workspace.new': go('/?do=new'),
      'workspace.open': go('/?do=open'),
      'workspace.demo': go('/?do=demo'),
      'workspace.close': () => void closeWorkspace(),
      'data.import': go('/datasets?do=import'),
      'provider.connect': go('/settings/providers?do=connect'),
      'go.settings': go('/settings'),
      'history.undo': () => void undoLast(),
      'history.redo': () => void redoLast(),
      'view.palette': () => set({ isPaletteOpen: true }),
      'view.navigation': toggleNav,
      'view.activity': () => set({ isActivityOpen: !useFrame.getState().isActivityOpen }),
      'view.theme-system': () => change({ theme: 'system' }),
      'view.theme-light': () => change({ theme: 'light' }),
      'view.theme-dark': () => change({ theme: 'dark' }),
      'view.next-pane': () => focusPane(1),
      'view.previous-pane': () => focusPane(-1),
      'go.home': go('/'),
      'go.datasets': go('/datasets'),
      'go.preferences': go('/preferences'),
      'go.costs': go('/costs'),
      'go.jobs': go('/jobs'),
      'go.evals': go('/evals'),
      'go.governance': go('/governance'),
      'go.history': go('/history'),
      'go.activity': go('/activity'),
      'go.back': () => router.history.back(),
      'go.forward': () => router.history.forward(),
      'help.keys': () => set({ areKeysShown: true }),
    };
  }, [router, set, toggleNav, change]);
}

/** Pages a command leads to that are not among the navigation's. */
const extraPlaces: Partial<Record<WindowCommandId, string>> = {
  'data.import': '/datasets',
  'provider.connect': '/settings/providers',
};

function leadsSomewhere(command: Command): boolean {
  const place =
    extraPlaces[command.id as WindowCommandId] ??
    navigationEntries.find((entry) => entry.command === command.id)?.path;
  return place === undefined || screens.some((screen) => screen.path === place);
}

/** Binds the commands of the window; call once, in the frame. */
export function useWindowCommands(): void {
  const runs = useRuns();
  const hasWorkspace = useOpenWorkspace() !== null;
  const { keymap } = useSettings();
  const bound = useMemo(
    () =>
      windowCommands.filter(leadsSomewhere).map(
        (command: Command): BoundCommand => ({
          id: command.id,
          title: command.title,
          group: command.menu ? groupOf[command.menu] : 'Actions',
          keys: keysOf(command, keymap),
          run: runs[command.id as WindowCommandId],
          isEnabled: hasWorkspace || command.scope === 'window',
        }),
      ),
    [runs, hasWorkspace, keymap],
  );
  useCommands(owner, bound);
  useMenuCommands();
}

/** The commands of the window as bound now. */
export function useBoundCommands(): readonly BoundCommand[] {
  return useCommandStore((store) => store.groups.get(owner)) ?? [];
}

/** Runs a command when the native menu names it. */
function useMenuCommands(): void {
  const all = useAllCommands();
  useEffect(() => {
    const listen = (event: MessageEvent<{ type?: unknown; id?: unknown } | null>): void => {
      if (event.source !== window || event.data?.type !== 'lapidary-command') return;
      all.find((command) => command.id === event.data?.id)?.run();
    };
    window.addEventListener('message', listen);
    return () => window.removeEventListener('message', listen);
  }, [all]);
}
