import { Play, Scale } from 'lucide-react';
import type { PreferenceSet } from '../../../shared/features/preferences/preferences.model.ts';
import type { TrustReport } from '../../../shared/features/preferences/trust.model.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCount, formatNumber, formatPercent } from '../../ui/format.ts';
import { ButtonLink } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { PageBody } from '../../ui/scroll-area.tsx';
import { Stat } from '../../ui/stat.tsx';
import { unitOf } from './preference-words.tsx';
import { TrustAgreement, TrustDisputes } from './trust-agreement.tsx';
import { TrustConsistency, TrustLength, TrustPosition, TrustSpeed } from './trust-bias.tsx';
import { TrustFindings } from './trust-findings.tsx';
import { TrustStrengths } from './trust-strengths.tsx';
import { useTrust } from './trust.queries.ts';
import { headline, pText, rangeText } from './trust-words.ts';

function Figures({ report }: { report: TrustReport }) {
  const [repeats] = report.consistency;
  const [sides] = report.position;
  const [length] = report.length;
  const fast = report.speed.reduce((sum, { unread }) => sum + unread, 0);
  const share = (of: { estimate: number } | null | undefined): string =>
    of ? formatPercent(of.estimate) : '–';
  return (
    <div className="mt-5 grid grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] gap-x-6 gap-y-4 border-y border-line py-4">
      <Stat
        label="Same verdict on a repeat"
        value={share(repeats?.share)}
        detail={
          repeats?.share
            ? `${rangeText(repeats.share)}, ${formatCount(repeats.repeats, 'repeat')}`
            : 'no repeats judged'
        }
      />
      {sides && (
        <Stat
          label="Left side chosen"
          value={share(sides.share)}
          detail={sides.share ? `${rangeText(sides.share)}, ${pText(sides.share.p)}` : 'no side chosen yet'}
        />
      )}
      {length && (
        <Stat
          label="Longer answer won"
          value={share(length.longer)}
          detail={
            length.longer ? `${rangeText(length.longer)}, ${pText(length.longer.p)}` : 'nothing decided yet'
          }
        />
      )}
      <Stat
        label="Too fast to have been read"
        value={formatNumber(fast)}
        detail={`of ${formatCount(report.verdicts, 'verdict')}`}
      />
      {report.logic && (
        <Stat
          label="Affected training pairs"
          value={formatNumber(report.logic.affectedTrainingPairs)}
          detail={`of ${formatNumber(report.logic.trainingPairs)}, by ${formatCount(report.logic.total, 'contradiction')}`}
        />
      )}
    </div>
  );
}

function Report({ report, set }: { report: TrustReport; set: PreferenceSet }) {
  const [, many] = unitOf(set);
  if (report.verdicts === 0) {
    return (
      <EmptyState
        icon={<Scale aria-hidden />}
        title="Nothing is judged yet"
        action={
          set.closedAt === null && (
            <ButtonLink
              href={`/preferences/${set.setId}/judge`}
              variant="primary"
              icon={<Play aria-hidden />}
            >
              Judge
            </ButtonLink>
          )
        }
      >
        Here stands how far verdicts can be trusted: whether reviewers agree with each other and with
        themselves, what leads them, and what contradicts itself.
      </EmptyState>
    );
  }
  return (
    <PageBody width="normal" className="space-y-10">
      <header>
        <h2 className="max-w-prose text-xl font-semibold text-balance">{headline(report, many)}</h2>
        <Figures report={report} />
      </header>
      <TrustDisputes report={report} set={set} />
      {report.logic && (
        <TrustFindings logic={report.logic} setId={set.setId} isClosed={set.closedAt !== null} />
      )}
      <TrustAgreement report={report} many={many} />
      <div className="grid gap-x-10 gap-y-10 xl:grid-cols-2">
        <TrustConsistency report={report} isRated={set.kind === 'ratings'} />
        {report.position.length > 0 && <TrustPosition report={report} />}
      </div>
      {report.length.length > 0 && <TrustLength report={report} />}
      <TrustSpeed report={report} setId={set.setId} />
      <TrustStrengths strengths={report.strengths} set={set} />
    </PageBody>
  );
}

/** How far the verdicts of a set can be trusted, and what to mend before anybody trains on them. */
export function TrustTab({ set }: { set: PreferenceSet }) {
  const query = useTrust(set.setId);
  return (
    <Loaded query={query} label="Working out how far the verdicts can be trusted">
      {(report) => <Report report={report} set={set} />}
    </Loaded>
  );
}
