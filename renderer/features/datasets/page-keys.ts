import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import {
  commandOfPage,
  keysOfPage,
  type PageCommandId,
} from '../../../shared/features/settings/page-commands.ts';
import { defaultSettings, type Keymap } from '../../../shared/features/settings/settings.model.ts';
import { rpc } from '../../rpc.ts';
import { type BoundCommand, useCommands } from '../../ui/commands.ts';

function useKeymap(): Keymap {
  const { data } = useQuery({ queryKey: ['settings', 'get'], queryFn: () => rpc.settings.get() });
  return (data?.settings ?? defaultSettings).keymap;
}

/** The keys of a command as set on this machine; for the hint on its button. */
export function usePageKeys(id: PageCommandId): string | undefined {
  return keysOfPage(id, useKeymap()) ?? undefined;
}

/** What a command of the page does; its title when that says more than the settings do. */
export type PageAction = { readonly run: () => void; readonly title?: string; readonly isEnabled?: boolean };

/** Binds commands of the page while the caller is mounted, with the keys set on this machine. */
export function usePageCommands(
  owner: string,
  actions: Partial<Record<PageCommandId, PageAction>>,
  others: readonly BoundCommand[] = none,
): void {
  const keymap = useKeymap();
  const latest = useRef(actions);
  latest.current = actions;
  // What a command does may be another with every drawing; it is bound anew only when something about it can be seen.
  const seen = JSON.stringify(Object.entries(actions).map(([id, one]) => [id, one.title, one.isEnabled]));
  const bound = useMemo(() => {
    const ids = (JSON.parse(seen) as [PageCommandId, string?, boolean?][]).map(([id]) => id);
    const own = ids.map((id): BoundCommand => {
      const { title, group } = commandOfPage(id);
      const action = latest.current[id];
      return {
        id,
        title: action?.title ?? title,
        group,
        keys: keysOfPage(id, keymap),
        isEnabled: action?.isEnabled ?? true,
        run: () => latest.current[id]?.run(),
      };
    });
    return [...own, ...others];
  }, [seen, keymap, others]);
  useCommands(owner, bound);
}

const none: readonly BoundCommand[] = [];
