import { useEffect, useRef } from 'react';
import { z } from 'zod';
import { Button } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { describeFailure } from '../../ui/failure.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { type Screen, useGo, useSearchState } from '../../ui/location.ts';
import { PageHead, Section } from '../../ui/page-head.tsx';
import { Doors, FirstRun, PrivacyNote } from './first-run.tsx';
import { NewWorkspaceDialog } from './new-workspace.dialog.tsx';
import { OpenHome } from './open-home.tsx';
import { OpenProblem } from './open-problem.tsx';
import { OpenWorkspaceDialog } from './open-workspace.dialog.tsx';
import { RecentWorkspaces } from './recent-workspaces.tsx';
import { useOpenDemo, useOpenFolder, useWorkspaces } from './workspaces.queries.ts';

const searchState = z.object({
  do: z.enum(['new', 'open', 'demo']).optional(),
  /** The folder of a workspace that asks for its recovery phrase. */
  recover: z.string().optional(),
  /** Where to go once a workspace is open. */
  next: z.string().startsWith('/').optional(),
});

const importPage = '/datasets?do=import';
const connectPage = '/settings/providers?do=connect';

/** What Home can do, whatever it shows. */
function useHomeActions() {
  const [state, change] = useSearchState(searchState);
  const go = useGo();
  const demo = useOpenDemo();
  const open = useOpenFolder();
  const openDemo = demo.mutate;
  const isAsked = useRef(false);
  useEffect(() => {
    // The palette and the menu lead here with `?do=demo`; strict mode runs effects twice.
    if (state.do !== 'demo' || isAsked.current) return;
    isAsked.current = true;
    openDemo({ reset: false });
    change({ do: undefined });
  }, [state.do, openDemo, change]);
  return {
    state,
    demo,
    open,
    close: () => change({ do: undefined, recover: undefined, next: undefined }),
    done: () => go(state.next ?? '/', { replace: true }),
    startNew: (next?: string) => change({ do: 'new', next }),
    startOpen: () => change({ do: 'open' }),
    openFolder: (folder: string) =>
      open.mutate(
        { folder, recoveryPhrase: null },
        {
          onError: (error) =>
            describeFailure(error).code === 'RECOVERY_NEEDED' && change({ recover: folder }),
        },
      ),
  };
}

type Actions = ReturnType<typeof useHomeActions>;

function Dialogs({ actions }: { actions: Actions }) {
  const { state } = actions;
  if (state.recover !== undefined || state.do === 'open')
    return <OpenWorkspaceDialog onClose={actions.close} onDone={actions.done} recover={state.recover} />;
  if (state.do === 'new') return <NewWorkspaceDialog onClose={actions.close} onDone={actions.done} />;
  return null;
}

function Problem({ actions }: { actions: Actions }) {
  const { demo, open } = actions;
  if (demo.error) {
    return (
      <div className="space-y-2">
        <ErrorLine error={demo.error} />
        <Button onPress={() => demo.mutate({ reset: true })} isPending={demo.isPending}>
          Start the demo over
        </Button>
      </div>
    );
  }
  // A workspace that wants its recovery phrase gets a dialog instead.
  if (!open.error || describeFailure(open.error).code === 'RECOVERY_NEEDED') return null;
  return <OpenProblem error={open.error} wish={open.variables} />;
}

function Home() {
  const query = useWorkspaces();
  const actions = useHomeActions();
  const doors = {
    onDemo: () => actions.demo.mutate({ reset: false }),
    isDemoPending: actions.demo.isPending,
    onImport: () => actions.startNew(importPage),
    onConnect: () => actions.startNew(connectPage),
  };
  return (
    <>
      <Loaded query={query}>
        {({ open, recent }) => {
          if (open) return <OpenHome workspace={open} demo={actions.demo} />;
          if (recent.length === 0)
            return (
              <div className="min-h-0 flex-1 overflow-auto">
                <FirstRun {...doors} onOpen={actions.startOpen} />
                <div className="mx-auto max-w-2xl px-6 pb-6">
                  <Problem actions={actions} />
                </div>
              </div>
            );
          return (
            <>
              <PageHead
                title="Home"
                actions={
                  <>
                    <Button onPress={actions.startOpen}>Open workspace…</Button>
                    <Button variant="primary" onPress={() => actions.startNew()}>
                      New workspace
                    </Button>
                  </>
                }
              />
              <div className="min-h-0 flex-1 overflow-auto">
                <div className="w-full max-w-3xl space-y-8 px-6 py-6">
                  <Section title="Workspaces">
                    <RecentWorkspaces
                      recent={recent}
                      onOpen={actions.openFolder}
                      pendingFolder={actions.open.isPending ? actions.open.variables.folder : null}
                    />
                    <div className="mt-3 empty:hidden">
                      <Problem actions={actions} />
                    </div>
                  </Section>
                  <Section title="Start something">
                    <Doors {...doors} />
                  </Section>
                  <PrivacyNote />
                </div>
              </div>
            </>
          );
        }}
      </Loaded>
      <Dialogs actions={actions} />
    </>
  );
}

/** What needs you; on a machine that has seen nothing yet, the three ways in. */
export const homeScreen: Screen = { path: '/', title: 'Home', component: Home };
