import { Plug } from 'lucide-react';
import { z } from 'zod';
import type { Connection } from '../../../shared/features/providers/providers.model.ts';
import { Badge, PracticeBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Link } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { type Screen, useGo, useSearchState } from '../../ui/location.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { PageBody } from '../../ui/scroll-area.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { ConnectDialog } from './connect.dialog.tsx';
import { keyWords, placeWords, standingOf } from './connection-words.ts';
import { useConnections } from './providers.queries.ts';

const address = z.object({ do: z.enum(['connect']).optional() });

const columns: readonly TableColumn<Connection>[] = [
  {
    id: 'name',
    header: 'Name',
    className: 'max-w-64',
    cell: (one) => (
      <span className="flex min-w-0 items-center gap-2">
        <Link href={`/settings/providers/${one.id}`} className="truncate font-medium">
          {one.name}
        </Link>
        {one.kind === 'practice' && <PracticeBadge />}
      </span>
    ),
  },
  {
    id: 'host',
    header: 'Where',
    className: 'max-w-72',
    cell: (one) =>
      one.kind === 'practice' ? (
        'this machine'
      ) : (
        <span className="block truncate font-mono text-xs">{one.host}</span>
      ),
  },
  {
    id: 'key',
    header: 'Key',
    cell: (one) => (
      <>
        <span className="block font-mono text-xs leading-5">{keyWords(one)}</span>
        {one.access && <span className="block text-xs text-muted">{placeWords[one.access.stored]}</span>}
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    cell: (one) => {
      const { words, tone } = standingOf(one);
      return <Badge tone={tone}>{words}</Badge>;
    },
  },
];

function ProvidersPage() {
  const [state, change] = useSearchState(address);
  const go = useGo();
  const connections = useConnections();
  return (
    <>
      <PageHead
        title="Providers"
        crumbs={[{ label: 'Settings', href: '/settings' }]}
        facts="Who can train and answer. Keys stay in the keychain; the window only ever sees their last four characters."
        actions={
          <Button variant="primary" icon={<Plug aria-hidden />} onPress={() => change({ do: 'connect' })}>
            Connect a provider
          </Button>
        }
      />
      <PageBody>
        <Loaded query={connections} label="Loading connections">
          {(list) => <Table caption="Connections" columns={columns} rows={list} rowKey={(one) => one.id} />}
        </Loaded>
      </PageBody>
      <ConnectDialog
        isOpen={state.do === 'connect'}
        onClose={() => change({ do: undefined })}
        onConnected={(connection) => go(`/settings/providers/${connection.id}`, { replace: true })}
      />
    </>
  );
}

/** The connections of the workspace, and the way to a new one. */
export const providersScreen: Screen = {
  path: '/settings/providers',
  title: 'Providers',
  component: ProvidersPage,
};
