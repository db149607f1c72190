import { BadgeCheck, History } from 'lucide-react';
import type { EgressSummary, LedgerVerification } from '../../../shared/features/egress/egress.model.ts';
import { ToneIcon } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatBytes, formatCount, formatMoment, formatNumber } from '../../ui/format.ts';
import { ButtonLink } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import type { Screen } from '../../ui/location.ts';
import { PageHead, Section } from '../../ui/page-head.tsx';
import { PageBody } from '../../ui/scroll-area.tsx';
import { Table } from '../../ui/table.tsx';
import { useEgressSummary, useVerifyLedger } from './egress.queries.ts';
import { GateCard } from './gate-card.tsx';
import { Ledger } from './ledger.tsx';

/** What walking the chain found, in words one can pass on. */
function Seal({ result }: { result: LedgerVerification }) {
  const words = result.isIntact
    ? result.entries === 0
      ? 'The ledger is empty, and so it is whole.'
      : `All ${formatCount(result.entries, 'line')} fit together, from the first to the last.`
    : `Line ${result.brokenAtSeq} does not fit the one before it: the ledger was changed outside Lapidary.`;
  return (
    <div
      role="status"
      className={
        result.isIntact
          ? 'flex gap-2 rounded-md border border-emerald-line bg-emerald-soft px-3 py-2 text-sm'
          : 'flex gap-2 rounded-md border border-ruby-line bg-ruby-soft px-3 py-2 text-sm'
      }
    >
      <ToneIcon tone={result.isIntact ? 'emerald' : 'ruby'} className="mt-0.5" />
      <div className="min-w-0">
        <p className="font-medium">{words}</p>
        {result.headHash && (
          <div className="mt-1 text-xs">
            <p className="text-pretty">
              Note the last hash down elsewhere. A later check that still contains it proves that nothing
              before it was cut off.
            </p>
            <p className="mt-1 font-mono break-all">{result.headHash}</p>
          </div>
        )}
      </div>
    </div>
  );
}

function Hosts({ summary }: { summary: EgressSummary }) {
  if (summary.hosts.length === 0) return null;
  return (
    <Section title="Who received something">
      <Table
        caption="Hosts, most recent first"
        rows={summary.hosts}
        rowKey={(host) => host.host}
        columns={[
          { id: 'host', header: 'Host', cell: (host) => host.host },
          { id: 'requests', header: 'Requests', align: 'end', cell: (host) => formatNumber(host.requests) },
          { id: 'bytes', header: 'Content', align: 'end', cell: (host) => formatBytes(host.bytesOut) },
          { id: 'last', header: 'Last', align: 'end', cell: (host) => formatMoment(host.lastSentAt) },
        ]}
      />
    </Section>
  );
}

function GovernancePage() {
  const summary = useEgressSummary();
  const verify = useVerifyLedger();
  return (
    <>
      <PageHead
        title="Governance"
        facts="What left this machine, to whom, and the proof that the list is whole."
        actions={
          <>
            <ButtonLink href="/history" icon={<History aria-hidden />}>
              History of changes
            </ButtonLink>
            <Button
              variant="primary"
              icon={<BadgeCheck aria-hidden />}
              isPending={verify.isPending}
              onPress={() => verify.mutate()}
            >
              Verify now
            </Button>
          </>
        }
      />
      <PageBody>
        <div className="space-y-8">
          {verify.data && <Seal result={verify.data} />}
          {verify.error && <ErrorLine error={verify.error} />}
          <Loaded query={summary}>
            {(data) => (
              <>
                <GateCard summary={data} />
                <Hosts summary={data} />
              </>
            )}
          </Loaded>
          <Ledger />
        </div>
      </PageBody>
    </>
  );
}

/** The gate, the ledger of what left through it, and its verification. */
export const governanceScreen: Screen = {
  path: '/governance',
  title: 'Governance',
  component: GovernancePage,
};
