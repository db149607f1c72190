import { MoreHorizontal, PlugZap } from 'lucide-react';
import { useState } from 'react';
import type { Connection } from '../../../shared/features/providers/providers.model.ts';
import { Badge, PracticeBadge, ToneIcon } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatDay, formatMoment } from '../../ui/format.ts';
import { ButtonLink, Link } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { type Screen, useParam } from '../../ui/location.ts';
import { Menu } from '../../ui/menu.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { PageBody } from '../../ui/scroll-area.tsx';
import { Facts } from '../../ui/stat.tsx';
import { RemoveDialog, RenameDialog, ReplaceKeyDialog } from './connection.dialogs.tsx';
import { keyWords, placeWords, standingOf } from './connection-words.ts';
import { ModelsTable } from './models-table.tsx';
import { useConnections, useTestConnection } from './providers.queries.ts';

type Asking = 'rename' | 'key' | 'remove' | null;

function facts(connection: Connection) {
  const { access } = connection;
  if (connection.kind === 'practice') {
    return [
      { name: 'Where', value: 'In this program, on this machine' },
      { name: 'Key', value: 'None needed' },
      {
        name: 'What it is',
        value:
          'A small model that really learns from your examples, to try a data set and to show how training goes. It is not a language model.',
      },
    ];
  }
  return [
    { name: 'Base URL', value: <span className="font-mono text-xs break-all">{connection.baseUrl}</span> },
    { name: 'Key', value: `${keyWords(connection)}${access ? `, ${placeWords[access.stored]}` : ''}` },
    ...(connection.organization ? [{ name: 'Organization', value: connection.organization }] : []),
    ...(connection.project ? [{ name: 'Project', value: connection.project }] : []),
    { name: 'Connected', value: formatMoment(connection.createdAt) },
  ];
}

function Notices({ connection }: { connection: Connection }) {
  const { trainingBlock, access, isUnencrypted } = connection;
  const box = 'flex gap-2 rounded-md border px-3 py-2 text-sm';
  return (
    <>
      {isUnencrypted && (
        <p className={`${box} border-amber-line bg-amber-soft`}>
          <ToneIcon tone="amber" className="mt-0.5" />
          Not encrypted: data and key travel in the clear, but only on this machine.
        </p>
      )}
      {access?.isPresent === false && (
        <p className={`${box} border-amber-line bg-amber-soft`}>
          <ToneIcon tone="amber" className="mt-0.5" />
          The key was kept in memory only and is gone since Lapidary was closed. Replace it to go on.
        </p>
      )}
      {trainingBlock && (
        <p className={`${box} border-ruby-line bg-ruby-soft`}>
          <ToneIcon tone="ruby" className="mt-0.5" />
          <span>
            This provider has refused to train for this account since {formatDay(trainingBlock.since)}.{' '}
            <Link href={`/settings/providers/${connection.id}/training`}>
              What happened and what still works
            </Link>
          </span>
        </p>
      )}
    </>
  );
}

function TestResult({ connection }: { connection: Connection }) {
  const { lastTest } = connection;
  if (!lastTest) return null;
  return (
    <p role="status" className="flex gap-2 text-sm">
      <ToneIcon tone={lastTest.isOk ? 'emerald' : 'ruby'} className="mt-0.5" />
      <span className="min-w-0 break-words">
        {lastTest.what} {lastTest.todo} <span className="text-muted">{formatMoment(lastTest.at)}</span>
      </span>
    </p>
  );
}

function Page({ connection }: { connection: Connection }) {
  const [asking, setAsking] = useState<Asking>(null);
  const test = useTestConnection(connection.id);
  const { words, tone } = standingOf(connection);
  const isOwn = connection.kind !== 'practice';
  const close = (): void => setAsking(null);
  return (
    <>
      <PageHead
        title={connection.name}
        crumbs={[
          { label: 'Settings', href: '/settings' },
          { label: 'Providers', href: '/settings/providers' },
        ]}
        marks={
          <>
            <Badge tone={tone}>{words}</Badge>
            {!isOwn && <PracticeBadge />}
          </>
        }
        actions={
          <>
            {isOwn && (
              <Menu
                label="More"
                placement="bottom end"
                entries={[
                  { id: 'rename', label: 'Rename', run: () => setAsking('rename') },
                  { id: 'key', label: 'Replace the key', run: () => setAsking('key') },
                  { id: 'remove', label: 'Remove', isDanger: true, run: () => setAsking('remove') },
                ]}
              >
                <IconButton label="More" size="regular" icon={<MoreHorizontal aria-hidden />} />
              </Menu>
            )}
            <Button
              variant="primary"
              icon={<PlugZap aria-hidden />}
              isPending={test.isPending}
              onPress={() => test.mutate()}
            >
              Test the connection
            </Button>
          </>
        }
      />
      <PageBody>
        <div className="space-y-6">
          <Notices connection={connection} />
          {test.error && <ErrorLine error={test.error} />}
          <TestResult connection={connection} />
          <Facts facts={facts(connection)} />
          <ModelsTable connection={connection} />
        </div>
      </PageBody>
      <RenameDialog connection={connection} isOpen={asking === 'rename'} onClose={close} />
      <ReplaceKeyDialog connection={connection} isOpen={asking === 'key'} onClose={close} />
      <RemoveDialog connection={connection} isOpen={asking === 'remove'} onClose={close} />
    </>
  );
}

/** In the place of a connection that was removed. */
export function NoSuchConnection() {
  return (
    <EmptyState
      title="This connection does not exist"
      action={<ButtonLink href="/settings/providers">Show all providers</ButtonLink>}
    >
      It may have been removed.
    </EmptyState>
  );
}

function ConnectionPage() {
  const connectionId = useParam('connectionId');
  const connections = useConnections();
  return (
    <Loaded query={connections}>
      {(list) => {
        const connection = list.find((one) => one.id === connectionId);
        return connection ? <Page connection={connection} /> : <NoSuchConnection />;
      }}
    </Loaded>
  );
}

/** One connection: its state, its key, its models with the days left of each. */
export const connectionScreen: Screen = {
  path: '/settings/providers/$connectionId',
  title: 'Provider',
  component: ConnectionPage,
};
