import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { Connection, ConnectionModel } from '../../../shared/features/providers/providers.model.ts';
import { toneInk } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/class-names.ts';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount, formatMoment } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Section } from '../../ui/page-head.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { SearchField } from '../../ui/text-field.tsx';
import { endToneOf, endWords } from './connection-words.ts';
import { useModels, useRefreshModels } from './providers.queries.ts';

const columns: readonly TableColumn<ConnectionModel>[] = [
  {
    id: 'id',
    header: 'Model',
    className: 'max-w-96',
    cell: (model) => <span className="block truncate font-mono text-xs leading-5">{model.id}</span>,
  },
  { id: 'kind', header: 'Kind', cell: (model) => (model.isFineTuned ? 'tuned' : 'base') },
  { id: 'end', header: 'Shut down on', align: 'end', cell: (model) => model.shutdownDate ?? '' },
  {
    id: 'left',
    header: 'Days left',
    align: 'end',
    cell: (model) => <span className={cx(toneInk(endToneOf(model)))}>{endWords(model)}</span>,
  },
];

/** Soonest end first: what is about to go must not be found by scrolling. */
function bySoonestEnd(a: ConnectionModel, b: ConnectionModel): number {
  return (
    (a.daysLeft ?? Number.MAX_SAFE_INTEGER) - (b.daysLeft ?? Number.MAX_SAFE_INTEGER) ||
    a.id.localeCompare(b.id)
  );
}

/** The models of a connection with the days left of each. */
export function ModelsTable({ connection }: { connection: Connection }) {
  const models = useModels(connection.id);
  const refresh = useRefreshModels(connection.id);
  const [search, setSearch] = useState('');
  return (
    <Section
      title="Models"
      description={
        models.data?.readAt ? `As the provider listed them ${formatMoment(models.data.readAt)}.` : undefined
      }
      actions={
        connection.kind === 'practice' ? null : (
          <Button
            size="compact"
            icon={<RotateCw aria-hidden />}
            isPending={refresh.isPending}
            onPress={() => refresh.mutate()}
          >
            Read again
          </Button>
        )
      }
    >
      {refresh.error && <ErrorLine error={refresh.error} className="mb-3" />}
      <Loaded query={models} label="Loading models">
        {({ models: list }) => {
          const found = list.filter((model) => model.id.includes(search.trim())).toSorted(bySoonestEnd);
          return (
            <>
              {list.length > 10 && (
                <SearchField
                  label="Search models"
                  value={search}
                  onChange={setSearch}
                  className="mb-2 max-w-72"
                />
              )}
              <Table
                caption={`${formatCount(found.length, 'model')}, soonest end first`}
                columns={columns}
                rows={found}
                rowKey={(model) => model.id}
                maxHeight={480}
                empty={
                  list.length === 0
                    ? 'Not read yet. Test the connection to list its models.'
                    : 'No model is called that.'
                }
              />
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
