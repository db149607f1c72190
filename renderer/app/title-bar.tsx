import { PanelLeft, Search } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { IconButton } from '../ui/button.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { Mark } from '../ui/mark.tsx';
import { useFrame } from './frame-store.ts';
import { WorkspaceSwitcher } from './workspace-switcher.tsx';

/** The bar at the top: the workspace on the left, one field to find or do anything in the middle. */
export function TitleBar() {
  const set = useFrame((frame) => frame.set);
  const toggleNav = useFrame((frame) => frame.toggleNav);
  return (
    <header
      data-pane
      className="grid h-11 shrink-0 grid-cols-[auto_minmax(0,1fr)] items-center gap-3 px-2 lg:grid-cols-[1fr_minmax(0,26rem)_1fr]"
    >
      <div className="flex min-w-0 items-center gap-1">
        <span className="flex size-8 shrink-0 items-center justify-center">
          <Mark />
        </span>
        <span className="hidden text-sm font-semibold tracking-tight lg:inline">Lapidary</span>
        <span aria-hidden className="mx-1 hidden text-faint lg:inline">
          /
        </span>
        <WorkspaceSwitcher />
      </div>
      <AriaButton
        onPress={() => set({ isPaletteOpen: true })}
        aria-keyshortcuts="Control+K"
        className="flex h-7 min-w-0 cursor-default items-center gap-2 rounded-md border border-line-strong bg-surface px-2 text-sm text-muted hover:border-control hover:text-ink"
      >
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="min-w-0 flex-1 truncate text-left">Search or run a command</span>
        <KeyHint keys="$mod+k" className="hidden sm:flex" />
      </AriaButton>
      <div className="hidden justify-end lg:flex">
        <IconButton
          label="Show or hide navigation"
          keys="$mod+b"
          icon={<PanelLeft aria-hidden />}
          onPress={toggleNav}
        />
      </div>
    </header>
  );
}
