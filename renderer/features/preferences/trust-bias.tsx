import { useMemo } from 'react';
import type {
  Consistency,
  LengthFigure,
  SpeedFigure,
  TrustReport,
} from '../../../shared/features/preferences/trust.model.ts';
import { ForestPlot, type ForestRow } from '../../ui/forest-plot.tsx';
import { formatCount, formatFixed, formatNumber, formatPercent } from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';
import { Section } from '../../ui/page-head.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { pText, queueAddress, shareText } from './trust-words.ts';

const wholePercent = (value: number): string => formatPercent(value);
const nameOf = (reviewer: string | null): string => reviewer ?? 'All together';
/** Chance explains less than this often what counts as a lean. */
const surprising = 0.05;

type Share = { estimate: number; low: number; high: number; p: number };

function shareRow(label: string, share: Share | null, n: number): ForestRow[] {
  if (share === null) return [];
  return [{ label, ...share, n, verdict: share.p < surprising ? 'plain' : 'open' }];
}

const ratedColumns: readonly TableColumn<Consistency>[] = [
  { id: 'who', header: 'Reviewer', cell: ({ reviewer }) => nameOf(reviewer) },
  { id: 'repeats', header: 'Repeats', align: 'end', cell: (row) => formatNumber(row.repeats) },
  { id: 'same', header: 'Same', align: 'end', cell: (row) => formatNumber(row.same) },
];
const repeatColumns: readonly TableColumn<Consistency>[] = [
  ...ratedColumns,
  { id: 'left', header: 'Left twice', align: 'end', cell: (row) => formatNumber(row.leftTwice) },
  { id: 'right', header: 'Right twice', align: 'end', cell: (row) => formatNumber(row.rightTwice) },
  { id: 'soft', header: 'Once undecided', align: 'end', cell: (row) => formatNumber(row.softened) },
];

/** Whether a reviewer says the same when a pair comes back with its sides swapped. */
export function TrustConsistency({ report, isRated }: { report: TrustReport; isRated: boolean }) {
  const rows = useMemo(
    () =>
      report.consistency.flatMap(({ reviewer, share, repeats }) =>
        share === null ? [] : [{ label: nameOf(reviewer), ...share, n: repeats }],
      ),
    [report.consistency],
  );
  return (
    <Section
      title="Self-consistency"
      description={
        isRated
          ? 'Some answers come back. Who gives the same stars again has a measure.'
          : 'Some pairs come back with their sides swapped. Who chooses the same answer again judged the answer, not the side.'
      }
    >
      {rows.length === 0 ? (
        <p className="text-sm text-muted">
          No repeat has been judged. A set with a share of repeats measures this.
        </p>
      ) : (
        <>
          <ForestPlot
            title="Same verdict on the swapped repeat"
            isTitleHidden
            rows={rows}
            valueName="same verdict again"
            valueText={wholePercent}
          />
          <Table
            caption="What came of repeats"
            className="mt-3"
            rows={report.consistency}
            rowKey={({ reviewer }) => reviewer ?? ''}
            columns={isRated ? ratedColumns : repeatColumns}
          />
        </>
      )}
    </Section>
  );
}

/** Whether the left side is chosen more often than chance puts the better answer there. */
export function TrustPosition({ report }: { report: TrustReport }) {
  const rows = useMemo(
    () =>
      report.position.flatMap(({ reviewer, share, left, right }) =>
        shareRow(nameOf(reviewer), share, left + right),
      ),
    [report.position],
  );
  const [all] = report.position;
  return (
    <Section
      title="Position"
      description="Sides are drawn by chance, so a fair reviewer chooses the left one half of the time. Exact 95% intervals; a ring is what chance explains."
    >
      {rows.length === 0 ? (
        <p className="text-sm text-muted">Nobody has chosen a side yet.</p>
      ) : (
        <>
          <ForestPlot
            title="Share of the left side"
            isTitleHidden
            rows={rows}
            valueName="left was chosen"
            valueText={wholePercent}
            reference={0.5}
          />
          {all?.share && (
            <p className="mt-2 text-sm">
              {formatNumber(all.left)} left, {formatNumber(all.right)} right, {formatNumber(all.neither)}{' '}
              neither: {shareText(all.share)}, {pText(all.share.p)}.
            </p>
          )}
        </>
      )}
    </Section>
  );
}

/** Where hardly a shorter answer ever won, the factor has no meaning beyond being large. */
const largestOdds = 1000;

function odds(logOdds: number): string {
  const factor = Math.exp(logOdds);
  if (factor > largestOdds) return `over ×${formatNumber(largestOdds)}`;
  return factor < 0.01 ? 'under ×0.01' : `×${formatFixed(factor, 2)}`;
}

function lengthModel({ model }: LengthFigure): string {
  if (model.state === 'fitted') {
    const { slope } = model;
    return `${odds(slope.estimate)} (${odds(slope.low)} to ${odds(slope.high)}), ${pText(slope.p)}`;
  }
  if (model.state === 'separated') {
    return model.direction === 1 ? 'the longer always won' : 'the shorter always won';
  }
  return {
    no_variation: 'all sides are of one length',
    one_outcome: 'one side always won',
    no_data: 'nothing decided',
    not_converged: 'no fit was found',
  }[model.state];
}

/** Whether the longer answer wins. */
export function TrustLength({ report }: { report: TrustReport }) {
  return (
    <Section
      title="Length"
      description="How often the longer answer won, and what 100 characters more do to the odds (logistic regression)."
    >
      <Table
        caption="Length of the winner"
        rows={report.length}
        rowKey={({ reviewer }) => reviewer ?? ''}
        columns={[
          { id: 'who', header: 'Reviewer', cell: ({ reviewer }) => nameOf(reviewer) },
          { id: 'pairs', header: 'Decided', align: 'end', cell: ({ pairs }) => formatNumber(pairs) },
          {
            id: 'longer',
            header: 'Longer won',
            align: 'end',
            cell: ({ longer }) => (longer === null ? '–' : `${shareText(longer)}, ${pText(longer.p)}`),
          },
          { id: 'odds', header: 'Odds per 100 characters', align: 'end', cell: lengthModel },
        ]}
      />
    </Section>
  );
}

function Pairs(props: { setId: string; name: string; count: number; pairs: readonly number[] }) {
  if (props.count === 0) return <>0</>;
  return (
    <Link
      href={queueAddress(props.setId, props.pairs)}
      aria-label={`${formatCount(props.count, 'verdict')}, ${props.name}`}
    >
      {formatNumber(props.count)}
    </Link>
  );
}

const seconds = ({ medianMs }: SpeedFigure): string =>
  medianMs === null ? '–' : `${formatFixed(medianMs / 1000, 1)} s`;

/** Verdicts that came too fast to have been read, or unusually fast or slow for that reviewer. */
export function TrustSpeed({ report, setId }: { report: TrustReport; setId: string }) {
  return (
    <Section
      title="Speed"
      description="Too fast is over 100 characters a second: nobody reads that. Hurried and paused are far from the reviewer’s own median (3.5 robust standard deviations, from 20 verdicts on)."
    >
      <Table
        caption="Speed of reviewers"
        rows={report.speed}
        rowKey={({ reviewer }) => reviewer}
        columns={[
          { id: 'who', header: 'Reviewer', cell: ({ reviewer }) => reviewer },
          { id: 'verdicts', header: 'Verdicts', align: 'end', cell: (row) => formatNumber(row.verdicts) },
          { id: 'median', header: 'Median', align: 'end', cell: seconds },
          {
            id: 'rate',
            header: 'Characters/s',
            align: 'end',
            cell: ({ medianCharactersPerSecond: rate }) => (rate === null ? '–' : formatNumber(rate)),
          },
          { id: 'unread', header: 'Too fast', align: 'end', cell: (row) => formatNumber(row.unread) },
          { id: 'hurried', header: 'Hurried', align: 'end', cell: (row) => formatNumber(row.hurried) },
          {
            id: 'fast',
            header: 'Fast pairs',
            align: 'end',
            cell: ({ reviewer, fastPairs: pairs }) => (
              <Pairs setId={setId} name={`fast, ${reviewer}`} count={pairs.length} pairs={pairs} />
            ),
          },
          {
            id: 'paused',
            header: 'Paused',
            align: 'end',
            cell: ({ reviewer, slowPairs: pairs }) => (
              <Pairs setId={setId} name={`paused, ${reviewer}`} count={pairs.length} pairs={pairs} />
            ),
          },
        ]}
      />
    </Section>
  );
}
