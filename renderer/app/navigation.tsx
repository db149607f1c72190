import { useRouterState } from '@tanstack/react-router';
import { cx } from '../ui/class-names.ts';
import { NavLink } from '../ui/nav-link.tsx';
import { useIsWide } from '../ui/wide.ts';
import { useCounts } from './counts.ts';
import { useFrame } from './frame-store.ts';
import { type NavigationEntry, navigationEntries } from './navigation-entries.ts';
import { screens } from './screens.ts';
import { useOpenWorkspace } from '../features/workspaces/workspaces.queries.ts';

const isRegistered = (path: string): boolean => screens.some((screen) => screen.path === path);

/** The entries that lead somewhere now. */
export function reachableEntries(hasWorkspace: boolean): NavigationEntry[] {
  return navigationEntries.filter(
    (entry) => isRegistered(entry.path) && (hasWorkspace || !entry.needsWorkspace),
  );
}

function isHere(path: string, pathname: string): boolean {
  return path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`);
}

/** The features of the workspace by their word, each with the number of things that wait there. */
export function Navigation() {
  const workspace = useOpenWorkspace();
  const counts = useCounts();
  const isChosenNarrow = useFrame((frame) => frame.isNavNarrow);
  const isNarrow = !useIsWide() || isChosenNarrow;
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const entries = reachableEntries(workspace !== null);
  const list = (part: NavigationEntry[]) => (
    <ul className="flex flex-col gap-0.5">
      {part.map((entry) => (
        <li key={entry.path}>
          <NavLink
            href={entry.path}
            label={entry.label}
            icon={<entry.icon aria-hidden />}
            isCurrent={[entry.path, ...(entry.alsoAt ?? [])].some((path) => isHere(path, pathname))}
            isNarrow={isNarrow}
            count={counts[entry.feature]}
          />
        </li>
      ))}
    </ul>
  );
  return (
    <nav
      aria-label="Features"
      data-pane
      className={cx(
        'flex shrink-0 flex-col justify-between overflow-y-auto px-2 pb-2',
        isNarrow ? 'w-12' : 'w-48',
      )}
    >
      {list(entries.filter((entry) => !entry.isLast))}
      {list(entries.filter((entry) => entry.isLast))}
    </nav>
  );
}
