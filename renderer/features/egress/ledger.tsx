import { useState } from 'react';
import {
  type LedgerEntry,
  type SendPurpose,
  sendPurpose,
} from '../../../shared/features/egress/egress.model.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatBytes, formatCount, formatMoment } from '../../ui/format.ts';
import { Section } from '../../ui/page-head.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { useLedger } from './egress.queries.ts';

const purposeWords: Record<SendPurpose, string> = {
  'list-models': 'List models',
  'upload-file': 'Send a file',
  'launch-job': 'Launch a job',
  'watch-job': 'Watch a job',
  'steer-job': 'Steer a job',
  chat: 'Ask a model',
  moderate: 'Check texts by moderation',
  'read-file': 'Read a file',
};

function outcomeOf(entry: LedgerEntry): { words: string; tone: Tone } {
  if (entry.outcome === 'open') return { words: 'under way', tone: 'accent' };
  if (entry.status === null) return { words: 'no answer', tone: 'ruby' };
  return { words: String(entry.status), tone: entry.status < 300 ? 'emerald' : 'amber' };
}

const columns: readonly TableColumn<LedgerEntry>[] = [
  { id: 'seq', header: 'No.', cell: (entry) => entry.seq, className: 'text-muted tabular-nums' },
  { id: 'at', header: 'When', cell: (entry) => formatMoment(entry.at), className: 'whitespace-nowrap' },
  {
    id: 'purpose',
    header: 'What for',
    cell: (entry) => purposeWords[entry.purpose],
    className: 'whitespace-nowrap',
  },
  {
    id: 'to',
    header: 'To whom',
    className: 'max-w-80',
    cell: (entry) => (
      <>
        <span className="block truncate">{entry.host}</span>
        <span className="block truncate font-mono text-xs text-muted" title={entry.path}>
          {entry.method} {entry.path}
        </span>
      </>
    ),
  },
  {
    id: 'bytes',
    header: 'Content',
    align: 'end',
    cell: (entry) => formatBytes(entry.bytesOut),
    className: 'whitespace-nowrap',
  },
  {
    id: 'body',
    header: 'Its SHA-256',
    cell: (entry) => (
      <span className="font-mono text-xs text-muted" title={entry.bodySha256}>
        {entry.bytesOut === 0 ? 'empty' : `${entry.bodySha256.slice(0, 12)}…`}
      </span>
    ),
  },
  {
    id: 'outcome',
    header: 'Answer',
    cell: (entry) => {
      const { words, tone } = outcomeOf(entry);
      return (
        <Badge tone={tone} {...(entry.detail ? { title: entry.detail } : {})}>
          {words}
        </Badge>
      );
    },
  },
];

const everything = 'everything';

/** Every request that left, newest first. */
export function Ledger() {
  const [purpose, setPurpose] = useState<SendPurpose | typeof everything>(everything);
  const ledger = useLedger(purpose === everything ? null : purpose);
  const entries = ledger.data?.pages.flatMap((page) => page.entries) ?? [];
  const total = ledger.data?.pages[0]?.total ?? 0;
  return (
    <Section
      title="Ledger"
      description="Written before each request leaves, and never changed: each line carries the hash of the one before it. Practice stays in this program and does not appear here."
      actions={
        <Select
          label="Purpose"
          isLabelHidden
          size="compact"
          value={purpose}
          options={[
            { value: everything, label: 'All purposes' },
            ...sendPurpose.options.map((value) => ({ value, label: purposeWords[value] })),
          ]}
          onChange={setPurpose}
          className="w-40"
        />
      }
    >
      {ledger.error ? (
        <ErrorState error={ledger.error} onRetry={() => void ledger.refetch()} />
      ) : !ledger.data ? (
        <Skeleton rows={5} label="Loading the ledger" />
      ) : (
        <>
          <Table
            caption="Requests that left this workspace, newest first"
            columns={columns}
            rows={entries}
            rowKey={(entry) => entry.seq}
            empty={purpose === everything ? 'No request has left this workspace.' : 'None for this purpose.'}
          />
          {entries.length > 0 && (
            <p className="flex items-center gap-4 pt-3 text-xs text-muted">
              {entries.length} of {formatCount(total, 'request')}
              {ledger.hasNextPage && (
                <Button
                  size="compact"
                  isPending={ledger.isFetchingNextPage}
                  onPress={() => void ledger.fetchNextPage()}
                >
                  Show older
                </Button>
              )}
            </p>
          )}
        </>
      )}
    </Section>
  );
}
