import { Gavel, Users } from 'lucide-react';
import { useMemo } from 'react';
import type { PreferenceSet } from '../../../shared/features/preferences/preferences.model.ts';
import type { AgreementFigure, TrustReport } from '../../../shared/features/preferences/trust.model.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ForestPlot, type ForestRow } from '../../ui/forest-plot.tsx';
import { formatCount, formatFixed, formatNumber } from '../../ui/format.ts';
import { ButtonLink, Link } from '../../ui/link.tsx';
import { Section } from '../../ui/page-head.tsx';
import { Table } from '../../ui/table.tsx';
import { useReasons } from './preferences.queries.ts';
import {
  adjudicateAddress,
  coefficientText,
  figureText,
  queueAddress,
  shareText,
  whyNone,
} from './trust-words.ts';

const twoDigits = (value: number): string => formatFixed(value, 2);
/** More pairs of reviewers than this stand in the table alone. */
const mostDrawn = 12;

function rowOf(label: string, { value, units }: AgreementFigure): ForestRow[] {
  return value === null ? [] : [{ label, ...value, n: units }];
}

function Reasons({ reasons }: { reasons: TrustReport['agreement']['reasons'] }) {
  const labels = new Map(useReasons().data?.map(({ code, label }) => [code, label]));
  if (reasons.length === 0) return null;
  return (
    <Table
      caption="Whether reviewers name the same reasons"
      isCaptionShown
      className="mt-5"
      rows={reasons}
      rowKey={({ code }) => code}
      columns={[
        { id: 'reason', header: 'Reason', cell: ({ code }) => labels.get(code) ?? code },
        { id: 'given', header: 'Named', align: 'end', cell: ({ given }) => formatNumber(given) },
        {
          id: 'percent',
          header: 'Agree',
          align: 'end',
          cell: ({ percent }) => figureText(percent, shareText),
        },
        {
          id: 'alpha',
          header: 'α',
          align: 'end',
          cell: ({ alpha }) => (
            <span {...(alpha.value === null ? { title: whyNone(alpha) } : {})}>
              {figureText(alpha, coefficientText)}
            </span>
          ),
        },
      ]}
    />
  );
}

function Pairs({ pairs }: { pairs: TrustReport['agreement']['reviewers'] }) {
  return (
    <Table
      caption="Agreement by pair of reviewers"
      isCaptionShown
      className="mt-5"
      rows={pairs}
      rowKey={({ first, second }) => `${first} ${second}`}
      columns={[
        { id: 'who', header: 'Reviewers', cell: ({ first, second }) => `${first} and ${second}` },
        { id: 'pairs', header: 'Both judged', align: 'end', cell: (row) => formatNumber(row.pairs) },
        {
          id: 'percent',
          header: 'Agree',
          align: 'end',
          cell: ({ percent }) => figureText(percent, shareText),
        },
        {
          id: 'kappa',
          header: 'Cohen’s κ',
          align: 'end',
          cell: ({ kappa }) => figureText(kappa, coefficientText),
        },
        {
          id: 'weighted',
          header: 'κ by strength',
          align: 'end',
          cell: ({ weightedKappa }) =>
            weightedKappa === null ? '–' : figureText(weightedKappa, coefficientText),
        },
      ]}
    />
  );
}

/** How far reviewers agree: all together, by two of them, by reason; each with a bootstrap interval. */
export function TrustAgreement({ report, many }: { report: TrustReport; many: string }) {
  const { agreement } = report;
  const rows = useMemo(
    () => [
      ...rowOf('Krippendorff’s α, all', agreement.alphaNominal),
      ...rowOf('α by strength, all', agreement.alphaOrdinal),
      ...agreement.reviewers
        .slice(0, mostDrawn)
        .flatMap(({ first, second, kappa }) => rowOf(`κ, ${first} and ${second}`, kappa)),
    ],
    [agreement],
  );
  if (agreement.overlap === 0) {
    return (
      <Section title="Agreement">
        <EmptyState icon={<Users aria-hidden />} title={`It needs two reviewers on the same ${many}`}>
          Assign the {many} to two or more people, from “More” above; each judges without seeing what the
          other said.
        </EmptyState>
      </Section>
    );
  }
  return (
    <Section
      title="Agreement"
      description={`On ${formatCount(agreement.overlap, many.slice(0, -1), many)} that two or more judged, first looks only. 1 is agreement without exception, 0 is what chance gives; 95% bootstrap intervals from ${formatNumber(agreement.percent.draws)} draws.`}
    >
      {rows.length === 0 ? (
        <p className="text-sm text-muted">{whyNone(agreement.alphaNominal)}</p>
      ) : (
        <ForestPlot
          title="Agreement of reviewers"
          isTitleHidden
          rows={rows}
          valueName="agreement beyond chance"
          valueText={twoDigits}
          reference={0}
        />
      )}
      <Pairs pairs={agreement.reviewers} />
      <Reasons reasons={agreement.reasons} />
    </Section>
  );
}

/** Pairs on which verdicts differ, and the way to settle them. */
export function TrustDisputes({ report, set }: { report: TrustReport; set: PreferenceSet }) {
  const { open, settled, first } = report.disputes;
  if (open === 0 && settled === 0) return null;
  const { setId } = set;
  const done = settled === 0 ? '' : ` ${formatCount(settled, 'pair')} settled so far.`;
  return (
    <Section
      title="Disagreements"
      description={
        open === 0
          ? `None is open.${done}`
          : `${formatCount(open, 'pair')} on which verdicts differ. A third verdict settles each, and is kept as an adjudication.${done}`
      }
      actions={
        open > 0 &&
        (set.closedAt === null ? (
          <ButtonLink href={adjudicateAddress(setId)} icon={<Gavel aria-hidden />}>
            Settle {formatCount(open, 'disagreement')}
          </ButtonLink>
        ) : (
          <Button isDisabled icon={<Gavel aria-hidden />}>
            The queue is closed
          </Button>
        ))
      }
    >
      {open > 0 && (
        <Table
          caption={
            open > first.length ? `The first ${formatNumber(first.length)} disagreements` : 'Disagreements'
          }
          maxHeight={264}
          rows={first}
          rowKey={({ pairId }) => pairId}
          columns={[
            {
              id: 'pair',
              header: 'Pair',
              cell: ({ pairId, position }) => (
                <Link href={queueAddress(setId, [pairId], pairId)} aria-label={`Pair ${position}`}>
                  {formatNumber(position)}
                </Link>
              ),
            },
            {
              id: 'prompt',
              header: 'Prompt',
              className: 'max-w-0 w-full truncate',
              cell: ({ prompt }) => prompt,
            },
            {
              id: 'who',
              header: 'Who differs',
              className: 'whitespace-nowrap',
              cell: ({ reviewers }) =>
                reviewers.length === 1 ? `${reviewers[0]} and their own repeat` : reviewers.join(', '),
            },
          ]}
        />
      )}
    </Section>
  );
}
