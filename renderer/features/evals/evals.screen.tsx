import { ChartBarBig, Plus } from 'lucide-react';
import type { EvalSummary } from '../../../shared/features/evals/evals.model.ts';
import { formatDifference, formatRange, formatScore } from '../../../shared/features/evals/verdict.rules.ts';
import { Badge, PracticeBadge } from '../../ui/badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatMoment, formatNumber, formatPercent } from '../../ui/format.ts';
import { ButtonLink, Link } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import type { Screen } from '../../ui/location.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { PageBody } from '../../ui/scroll-area.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { useEvals } from './evals.queries.ts';
import { VerdictBadge } from './verdict-badge.tsx';

function State({ one }: { one: EvalSummary }) {
  if (one.headline) return <VerdictBadge verdict={one.headline.difference.verdict} />;
  if (one.state === 'asking') {
    return (
      <Badge tone="accent">asking, {formatPercent(one.answered / Math.max(1, 2 * one.itemCount))}</Badge>
    );
  }
  if (one.state === 'grading') return <Badge tone="accent">grading</Badge>;
  if (one.state === 'cancelled') return <Badge>stopped by you</Badge>;
  return <Badge tone="ruby">stopped</Badge>;
}

function Difference({ one }: { one: EvalSummary }) {
  if (!one.headline) return <span className="text-muted">–</span>;
  const { difference, base } = one.headline;
  const isPassFail = base.method === 'wilson';
  return (
    <span className="whitespace-nowrap">
      <span className="font-medium">{formatDifference(difference.estimate, isPassFail)}</span>{' '}
      <span className="text-muted">{formatRange(difference.low, difference.high, isPassFail)}</span>
    </span>
  );
}

function Means({ one }: { one: EvalSummary }) {
  if (!one.headline) return <span className="text-muted">–</span>;
  const { base, tuned } = one.headline;
  const isPassFail = base.method === 'wilson';
  return (
    <span className="whitespace-nowrap">
      {formatScore(base.mean, isPassFail)} → {formatScore(tuned.mean, isPassFail)}
    </span>
  );
}

const columns: readonly TableColumn<EvalSummary>[] = [
  {
    id: 'name',
    header: 'Run',
    className: 'max-w-64',
    cell: (one) => (
      <span className="flex min-w-0 items-center gap-2">
        <Link href={`/evals/${one.evalId}`} className="truncate font-medium">
          {one.name}
        </Link>
        {one.providerKind === 'practice' && <PracticeBadge />}
      </span>
    ),
  },
  {
    id: 'dataset',
    header: 'Data set',
    className: 'max-w-48 truncate',
    cell: (one) => <span title={one.datasetName}>{one.datasetName}</span>,
  },
  { id: 'n', header: 'Items', align: 'end', cell: (one) => formatNumber(one.itemCount) },
  { id: 'means', header: 'Base → tuned', align: 'end', cell: (one) => <Means one={one} /> },
  {
    id: 'difference',
    header: 'Difference, 95 % interval',
    align: 'end',
    cell: (one) => <Difference one={one} />,
  },
  { id: 'verdict', header: 'Verdict', cell: (one) => <State one={one} /> },
  {
    id: 'at',
    header: 'Started',
    className: 'whitespace-nowrap text-muted',
    cell: (one) => formatMoment(one.createdAt),
  },
];

const reports = <ButtonLink href="/reports">Reports</ButtonLink>;
const newEval = (
  <ButtonLink href="/evals/new" variant="primary" icon={<Plus aria-hidden />}>
    Evaluate a run
  </ButtonLink>
);

function EvalsPage() {
  const query = useEvals();
  return (
    <>
      <PageHead
        title="Evals"
        actions={
          query.data &&
          query.data.length > 0 && (
            <>
              {reports}
              {newEval}
            </>
          )
        }
      />
      <PageBody width="full">
        <Loaded query={query}>
          {(evals) =>
            evals.length === 0 ? (
              <EmptyState
                icon={<ChartBarBig aria-hidden />}
                title="Nothing has been evaluated"
                action={newEval}
              >
                An evaluation asks the base and the tuned model the same questions of your test split and
                says, with an interval, whether the tuned one is better.
              </EmptyState>
            ) : (
              <Table
                caption="Evaluations, newest first"
                columns={columns}
                rows={evals}
                rowKey={(one) => one.evalId}
              />
            )
          }
        </Loaded>
      </PageBody>
    </>
  );
}

/** Every evaluation with its verdict. */
export const evalsScreen: Screen = { path: '/evals', title: 'Evals', component: EvalsPage };
