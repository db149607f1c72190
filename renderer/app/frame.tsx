import { Outlet, useRouter, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { RouterProvider as AriaRouter } from 'react-aria-components';
import { useAllCommands } from '../ui/commands.ts';
import { cx } from '../ui/class-names.ts';
import { Toaster } from '../ui/toast.tsx';
import { ActivityPanel } from './activity-panel.tsx';
import { CommandPalette } from './command-palette.tsx';
import { KeySheet } from './key-sheet.tsx';
import { Navigation } from './navigation.tsx';
import { screens } from './screens.ts';
import { useLookOfSettings, useSettings } from '../features/settings/settings.queries.ts';
import { useShortcuts } from './shortcuts.ts';
import { StatusBar } from './status-bar.tsx';
import { useTaskEndings } from './task-endings.ts';
import { TitleBar } from './title-bar.tsx';
import { useWindowCommands } from './window-commands.ts';

/** After a change of page focus must not be lost with the element that had it. */
function useFocusOnArrival(): React.RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null);
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    if (document.activeElement === document.body) main.current?.focus();
  }, [pathname]);
  return main;
}

/** True on a page that wants the whole window. */
function useIsAlone(): boolean {
  const path = useRouterState({ select: (state): string | undefined => state.matches.at(-1)?.fullPath });
  return screens.some((screen) => screen.path === path && screen.isAlone === true);
}

function ShortcutBinder() {
  useShortcuts(useAllCommands(), useSettings().singleKeys);
  return null;
}

/** What stands around every page. */
export function Frame() {
  const router = useRouter();
  const main = useFocusOnArrival();
  const isAlone = useIsAlone();
  useLookOfSettings();
  useWindowCommands();
  useTaskEndings();
  return (
    <AriaRouter
      navigate={(href) => void router.navigate({ href })}
      useHref={(href) => (href.startsWith('/') ? `#${href}` : href)}
    >
      <button
        type="button"
        onClick={() => main.current?.focus()}
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-1.5 text-sm font-medium text-on-accent focus:translate-y-0"
      >
        Skip to content
      </button>
      <div className="flex h-full flex-col">
        <TitleBar />
        <div className="flex min-h-0 flex-1">
          {!isAlone && <Navigation />}
          <main
            ref={main}
            id="content"
            tabIndex={-1}
            data-pane
            className={cx(
              isAlone && 'ml-2',
              'relative mr-2 flex min-h-0 min-w-0 flex-1 flex-col overflow-hidden rounded-md border border-line bg-surface outline-none',
            )}
          >
            <Outlet />
            <ActivityPanel />
          </main>
        </div>
        <StatusBar />
      </div>
      <ShortcutBinder />
      <CommandPalette />
      <KeySheet />
      <Toaster />
    </AriaRouter>
  );
}
