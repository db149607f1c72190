import { FlaskConical, Lock, LockOpen, RotateCcw, Upload } from 'lucide-react';
import { useState } from 'react';
import type { WorkspaceInfo } from '../../../shared/features/workspaces/workspaces.model.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatAgo } from '../../ui/format.ts';
import { ButtonLink, Link } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { PageHead, Section } from '../../ui/page-head.tsx';
import { PathText } from '../../ui/path-text.tsx';
import { Facts } from '../../ui/stat.tsx';
import { NeedsYou } from './needs-you.tsx';
import { useBackUp, useBackups, useHistory, type useOpenDemo } from './workspaces.queries.ts';

/** The last few changes, in the words of the history. */
function LatestChanges() {
  const query = useHistory(1);
  return (
    <Section title="Latest changes" actions={<Link href="/history">All</Link>}>
      <Loaded query={query}>
        {({ events }) =>
          events.length === 0 ? (
            <p className="text-sm text-muted">
              Nothing was changed yet. Every change can be undone from here on.
            </p>
          ) : (
            <ul className="space-y-1.5 text-sm">
              {events.slice(0, 6).map((event) => (
                <li key={event.seq} className="flex items-baseline justify-between gap-3">
                  <span
                    className={`min-w-0 truncate ${event.state === 'undone' ? 'text-muted line-through' : ''}`}
                    title={event.label}
                  >
                    {event.label}
                  </span>
                  <span className="shrink-0 text-xs text-muted">{formatAgo(event.at, Date.now())}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}

function LastBackup() {
  const backups = useBackups().data;
  const backUp = useBackUp();
  const newest = backups?.[0];
  return (
    <>
      <span>{newest ? formatAgo(newest.at, Date.now()) : 'none yet'}</span>
      <span className="mt-1.5 flex flex-wrap gap-2">
        <Button size="compact" onPress={() => backUp.mutate()} isPending={backUp.isPending}>
          Back up now
        </Button>
        <ButtonLink size="compact" variant="quiet" href="/history?tab=backups">
          Backups
        </ButtonLink>
      </span>
      {backUp.error && <ErrorLine error={backUp.error} className="mt-2" />}
    </>
  );
}

function ThisWorkspace({ workspace }: { workspace: WorkspaceInfo }) {
  return (
    <Section title="This workspace">
      <Facts
        facts={[
          { name: 'Folder', value: <PathText path={workspace.folder} /> },
          { name: 'Encryption', value: workspace.encryption.reason },
          { name: 'Last backup', value: <LastBackup /> },
        ]}
      />
    </Section>
  );
}

/** Makes the demo anew, after asking: what was changed in it is lost. */
function StartDemoOver({ demo }: { demo: ReturnType<typeof useOpenDemo> }) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button icon={<RotateCcw aria-hidden />} onPress={() => setAsking(true)}>
        Start over
      </Button>
      <ConfirmDialog
        title="Start the demo project over?"
        verb="Start over"
        isOpen={isAsking}
        isDanger
        isPending={demo.isPending}
        error={demo.error ?? undefined}
        onClose={() => setAsking(false)}
        onConfirm={() => demo.mutate({ reset: true }, { onSuccess: () => setAsking(false) })}
      >
        Its data, runs and results are deleted and the demo data is imported anew. This cannot be undone; your
        other workspaces are not touched.
      </ConfirmDialog>
    </>
  );
}

/** The page of an open workspace: what needs a decision, what is going on, where it lies. */
export function OpenHome(props: { workspace: WorkspaceInfo; demo: ReturnType<typeof useOpenDemo> }) {
  const { workspace } = props;
  const { isEncrypted, reason } = workspace.encryption;
  return (
    <>
      <PageHead
        title={workspace.name}
        marks={
          <>
            {workspace.isDemo && (
              <Badge
                tone="quartz"
                icon={<FlaskConical aria-hidden />}
                title="Made-up data that ships with Lapidary"
              >
                demo
              </Badge>
            )}
            <Badge
              tone={isEncrypted ? 'emerald' : 'amber'}
              icon={isEncrypted ? <Lock aria-hidden /> : <LockOpen aria-hidden />}
              title={reason}
            >
              {isEncrypted ? 'encrypted' : 'not encrypted'}
            </Badge>
          </>
        }
        actions={
          <>
            {workspace.isDemo && <StartDemoOver demo={props.demo} />}
            <ButtonLink href="/datasets?do=import" variant="primary" icon={<Upload aria-hidden />}>
              Import data
            </ButtonLink>
          </>
        }
      />
      <div className="min-h-0 flex-1 overflow-auto">
        <div className="grid w-full max-w-6xl gap-x-12 gap-y-8 px-6 py-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <NeedsYou />
          <aside aria-label="About this workspace" className="space-y-8">
            <ThisWorkspace workspace={workspace} />
            <LatestChanges />
          </aside>
        </div>
      </div>
    </>
  );
}
