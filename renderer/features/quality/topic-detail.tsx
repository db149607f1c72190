import type {
  QualityCheck,
  QualityProfile,
  QualityState,
} from '../../../shared/features/quality/quality.model.ts';
import { formatCount, formatFixed, formatPercent } from '../../ui/format.ts';
import { ButtonLink } from '../../ui/link.tsx';
import { Stat } from '../../ui/stat.tsx';
import { FacetChart } from './facet-chart.tsx';
import { Glossary, UnknownWords } from './glossary.tsx';
import { Groups } from './groups.tsx';
import { Production } from './production.tsx';
import { codeWords, examplesHref } from './quality-words.ts';
import { Shifts } from './shifts.tsx';

type DetailProps = { datasetId: string; profile: QualityProfile };

function CheckDetail({
  datasetId,
  state,
  profile,
  check,
}: DetailProps & { state: QualityState; check: QualityCheck }) {
  const words = codeWords(check.code);
  const chart = profile.charts.find(({ id }) => id === words.chart);
  return (
    <div className="space-y-6">
      <div className="space-y-3">
        <p className="max-w-prose text-base">
          {check.message !== `${words.title}.` && `${check.message} `}
          <span className="text-muted">{words.advice}</span>
        </p>
        {check.examples > 0 && (
          <ButtonLink href={examplesHref(datasetId, { code: check.code })}>
            Show {formatCount(check.examples, 'example')}
          </ButtonLink>
        )}
      </div>
      {chart && <FacetChart datasetId={datasetId} chart={chart} />}
      {check.code === 'spelling' && <UnknownWords words={profile.unknownWords} />}
      {check.code === 'split_shift' && <SplitShifts profile={profile} />}
      {check.code === 'production_shift' && <Production datasetId={datasetId} state={state} />}
      {check.code === 'low_diversity' && <Diversity profile={profile} />}
      {check.code === 'contradiction' && (
        <Groups datasetId={datasetId} kind="contradiction" profile={profile} />
      )}
      {(check.code === 'near_duplicate' || check.code === 'leakage') && (
        <Groups datasetId={datasetId} kind="near" profile={profile} />
      )}
      {check.code === 'leakage' && <Groups datasetId={datasetId} kind="exact" profile={profile} />}
    </div>
  );
}

function SplitShifts({ profile }: { profile: QualityProfile }) {
  return (
    <div className="space-y-8">
      {profile.shifts.map(({ splits: [one, other], examples, facets }) => (
        <Shifts
          key={`${one} ${other}`}
          caption={`${one} (${formatCount(examples[0], 'example')}) and ${other} (${formatCount(examples[1], 'example')})`}
          shifts={facets}
        />
      ))}
    </div>
  );
}

function Diversity({ profile }: { profile: QualityProfile }) {
  const { diversity } = profile;
  if (!diversity) return null;
  const detail = `of ${formatCount(diversity.sampled, 'answer')}`;
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap gap-10">
        <Stat label="Compression ratio" value={formatFixed(diversity.compressionRatio, 1)} detail={detail} />
        <Stat label="Different words" value={formatPercent(diversity.distinct1, 1)} detail={detail} />
        <Stat label="Different word pairs" value={formatPercent(diversity.distinct2, 1)} detail={detail} />
      </div>
      <p className="max-w-prose text-xs text-muted">
        How many times smaller gzip makes the answers (prose: 2 to 4; more means that they repeat each other),
        and the share of words and of word pairs that are different (distinct-1 and distinct-2; they fall with
        the length of the sample). Short labels repeat by their nature.
      </p>
    </div>
  );
}

/** All pictures side by side. */
function Overview({ datasetId, profile }: DetailProps) {
  return (
    <div className="grid gap-x-10 gap-y-8 lg:grid-cols-2">
      {profile.charts.map((chart) => (
        <FacetChart key={chart.id} datasetId={datasetId} chart={chart} />
      ))}
      <Diversity profile={profile} />
    </div>
  );
}

/** The right side: everything about the chosen topic. */
export function TopicDetail(props: { datasetId: string; state: QualityState; topic: string; title: string }) {
  const { datasetId, state, topic } = props;
  return (
    <section aria-label={props.title} className="w-full max-w-5xl px-6 py-5">
      <h2 className="mb-3 text-lg font-semibold">{props.title}</h2>
      <TopicBody datasetId={datasetId} state={state} topic={topic} />
    </section>
  );
}

function TopicBody({ datasetId, state, topic }: { datasetId: string; state: QualityState; topic: string }) {
  const { profile } = state;
  if (!profile) return null;
  const [kind, id] = topic.split(':');
  if (topic === 'production') return <Production datasetId={datasetId} state={state} />;
  if (topic === 'glossary') return <Glossary profile={profile} />;
  if (topic === 'splits') return <SplitShifts profile={profile} />;
  if (topic === 'overview') return <Overview datasetId={datasetId} profile={profile} />;
  if (topic === 'diversity') return <Diversity profile={profile} />;
  if (topic === 'check:exact') return <Groups datasetId={datasetId} kind="exact" profile={profile} />;
  const check = kind === 'check' ? profile.checks.find(({ code }) => code === id) : undefined;
  if (check) {
    return <CheckDetail key={topic} datasetId={datasetId} state={state} profile={profile} check={check} />;
  }
  const chart = profile.charts.find((one) => one.id === id);
  return chart ? (
    <FacetChart datasetId={datasetId} chart={chart} />
  ) : (
    <p className="text-sm text-muted">The newest analysis has nothing to say about this.</p>
  );
}
