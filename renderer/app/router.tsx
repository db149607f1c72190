import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  useRouterState,
  useRouter,
} from '@tanstack/react-router';
import { FileQuestionMark } from 'lucide-react';
import { useLayoutEffect } from 'react';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { ButtonLink } from '../ui/link.tsx';
import { Frame } from './frame.tsx';
import { screens } from './screens.ts';
import { useWorkspaces } from '../features/workspaces/workspaces.queries.ts';

function NotFound() {
  return (
    <EmptyState
      icon={<FileQuestionMark aria-hidden />}
      title="There is no such page"
      action={<ButtonLink href="/">Go to Home</ButtonLink>}
    >
      The address may be from an older version, or what it showed was removed.
    </EmptyState>
  );
}

function PageFailed({ error }: { error: unknown }) {
  const router = useRouter();
  return <ErrorState error={error} onRetry={() => void router.invalidate()} />;
}

const worksWithoutWorkspace = (path: string): boolean => path === '/' || path.startsWith('/settings');

function NoWorkspace() {
  return (
    <EmptyState
      title="No workspace is open"
      action={
        <ButtonLink href="/" variant="primary">
          Go to Home
        </ButtonLink>
      }
    >
      Open a workspace, make one, or explore the demo project; this page then shows what is in it.
    </EmptyState>
  );
}

/** The page of the matched screen, with its title, or the way to a workspace when it needs one. */
function Page() {
  const path = useRouterState({ select: (state): string | undefined => state.matches.at(-1)?.fullPath });
  const status = useWorkspaces().data;
  const screen = screens.find((one) => one.path === path);
  const title = screen?.title ?? 'Lapidary';
  useLayoutEffect(() => {
    document.title = `${title} · Lapidary`;
  }, [title]);
  if (!screen) return <NotFound />;
  if (status && !status.open && !worksWithoutWorkspace(screen.path)) return <NoWorkspace />;
  return <screen.component />;
}

/** The routes of the window, one per screen, under one frame. The address stands behind the `#`. */
export function createWindowRouter() {
  const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });
  const routes = screens.map((screen) =>
    createRoute({ getParentRoute: () => root, path: screen.path, component: Page }),
  );
  return createRouter({
    routeTree: root.addChildren(routes),
    history: createHashHistory(),
    defaultErrorComponent: PageFailed,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: false,
  });
}
