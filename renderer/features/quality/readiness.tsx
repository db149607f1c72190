import { ArrowRight, Gauge, ListChecks, RefreshCw, Scale, Split, Wand2 } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import type {
  Readiness,
  ReadinessLine,
  ReadinessStep,
} from '../../../shared/features/quality/readiness.model.ts';
import { type Tone, ToneIcon, toneInk } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { useAllCommands } from '../../ui/commands.ts';
import { cx } from '../../ui/class-names.ts';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { useGo, useSearchState } from '../../ui/location.ts';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { Select } from '../../ui/select.tsx';
import { tell } from '../../ui/toast.tsx';
import { GraderDialog } from './grader-dialog.tsx';
import { Moderation } from './moderation.tsx';
import { useAnalyse, useRunningAnalysis } from './quality.queries.ts';
import { RunningAnalysis } from './running-analysis.tsx';
import { ShareBar } from './share-bar.tsx';
import { useLook, useMendAll, useReadiness } from './readiness.queries.ts';

const address = z.object({ provider: z.string().catch('openai').default('openai') });

const tones = { blocking: 'ruby', advisable: 'amber', fine: 'emerald' } as const satisfies Record<
  ReadinessLine['level'],
  Tone
>;
const heads = {
  blocking: 'Blocking: do this first',
  advisable: 'Advisable: worth doing before training',
  fine: 'Fine',
} as const;
const methodNames = {
  sft: 'Supervised fine-tuning (SFT)',
  dpo: 'Preference tuning (DPO)',
  rft: 'Reinforcement fine-tuning (RFT)',
} as const;
const verdicts = {
  ready: { tone: 'emerald', title: 'Ready to send' },
  advisable: { tone: 'amber', title: 'Can be sent, with advice' },
  blocked: { tone: 'ruby', title: 'Not ready' },
} as const;

type Deeds = {
  readonly onStep: (step: ReadinessStep) => void;
  readonly isBusy: boolean;
  /** Examples of the data set, for the shares. */
  readonly examples: number;
};

const words = {
  show: { label: 'Show', icon: <ArrowRight aria-hidden /> },
  fix: { label: 'Mend all', icon: <Wand2 aria-hidden /> },
  tab: { label: 'Open', icon: <ArrowRight aria-hidden /> },
  split: { label: 'Split', icon: <Split aria-hidden /> },
  look: { label: 'Compare the rows', icon: <RefreshCw aria-hidden /> },
  analyse: { label: 'Analyse', icon: <Gauge aria-hidden /> },
  grader: { label: 'Grader', icon: <Scale aria-hidden /> },
} as const;

/** A topic of the quality tab is more about the same; another tab is another place. */
function labelOf(step: ReadinessStep): string {
  return step.kind === 'tab' && step.topic !== undefined ? 'Details' : words[step.kind].label;
}

/** Whether a count is a share of the examples: they can be shown. */
function isOfExamples({ count, steps }: ReadinessLine, examples: number): boolean {
  return count !== null && count <= examples && steps.some(({ kind }) => kind === 'show');
}

function Line({ line, number, deeds }: { line: ReadinessLine; number: number | null; deeds: Deeds }) {
  return (
    <li className="grid grid-cols-[1.5rem_1rem_minmax(0,1fr)_auto] items-start gap-x-2.5 border-b border-line py-2.5 last:border-0">
      <span className="pt-px text-right text-xs text-muted tabular-nums">{number ?? ''}</span>
      <ToneIcon tone={tones[line.level]} label={line.level} className="mt-0.5" />
      <div className="min-w-0">
        <h4 className="text-sm font-medium">
          {line.title}
          {line.count !== null && line.level !== 'fine' && (
            <span
              className={cx('ml-2 inline-flex items-center gap-2 tabular-nums', toneInk(tones[line.level]))}
            >
              {formatNumber(line.count)}
              {isOfExamples(line, deeds.examples) && <ShareBar share={line.count / deeds.examples} />}
            </span>
          )}
        </h4>
        <p className="text-sm break-words text-muted">{line.detail}</p>
        {line.source !== null && <p className="text-xs break-words text-muted">Source: {line.source}</p>}
      </div>
      <div className="flex flex-wrap justify-end gap-1.5">
        {line.steps.map((step) => (
          <Button
            key={step.kind}
            size="compact"
            icon={words[step.kind].icon}
            isDisabled={deeds.isBusy}
            onPress={() => deeds.onStep(step)}
            aria-label={`${labelOf(step)}: ${line.title}`}
          >
            {labelOf(step)}
          </Button>
        ))}
      </div>
    </li>
  );
}

function Group(props: {
  level: ReadinessLine['level'];
  lines: readonly ReadinessLine[];
  first: number;
  deeds: Deeds;
}) {
  const { level, lines, first, deeds } = props;
  if (lines.length === 0) return null;
  return (
    <section aria-label={heads[level]} className="mt-6">
      <h3 className="text-xs font-semibold text-muted">
        {heads[level]} ({lines.length})
      </h3>
      <ol className="mt-1 border-t border-line">
        {lines.map((line, index) => (
          <Line key={line.id} line={line} number={level === 'fine' ? null : first + index} deeds={deeds} />
        ))}
      </ol>
    </section>
  );
}

function Verdict({ card, onProvider }: { card: Readiness; onProvider: (id: string) => void }) {
  const { tone, title } = verdicts[card.verdict];
  const count = (level: ReadinessLine['level']): number =>
    card.lines.filter((one) => one.level === level).length;
  return (
    <header className="flex flex-wrap items-start gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1">
        <p className="text-sm text-muted">
          {methodNames[card.method]} at {card.provider.name}
        </p>
        <h2 className={cx('mt-0.5 flex items-center gap-2 text-xl font-semibold', toneInk(tone))}>
          <ToneIcon tone={tone} className="size-5" />
          {title}
        </h2>
        <p className="mt-1 text-sm">
          {count('blocking')} blocking, {count('advisable')} advisable, {count('fine')} fine ·{' '}
          {formatCount(card.exampleCount, 'example')}, {formatCount(card.tokenTotal, 'token')}
        </p>
      </div>
      <Select
        label="Provider"
        size="compact"
        className="w-56"
        options={card.providers.map(({ id, name }) => ({ value: id, label: name }))}
        value={card.provider.id}
        onChange={onProvider}
        description={`Rules as of ${card.rulesAsOf}`}
      />
    </header>
  );
}

function searchOf({ tab, topic }: { tab: string; topic?: string | undefined }): string {
  return new URLSearchParams(topic === undefined ? { tab } : { tab, topic }).toString();
}

function Card({ card, onProvider }: { card: Readiness; onProvider: (id: string) => void }) {
  const { datasetId } = card;
  const go = useGo();
  const look = useLook();
  const mend = useMendAll();
  const analyse = useAnalyse();
  const { running } = useRunningAnalysis(datasetId);
  const commands = useAllCommands();
  const [isGrading, setIsGrading] = useState(false);
  const show = (codes: readonly string[]): void =>
    go(`/datasets/${datasetId}?tab=examples&codes=${encodeURIComponent(JSON.stringify(codes))}`);
  const onStep = (step: ReadinessStep): void => {
    if (step.kind === 'show') show(step.codes);
    else if (step.kind === 'tab') go(`/datasets/${datasetId}?${searchOf(step)}`);
    else if (step.kind === 'analyse') analyse.mutate({ datasetId, settings: null });
    else if (step.kind === 'split') commands.find(({ id }) => id === 'datasets.split')?.run();
    else if (step.kind === 'grader') setIsGrading(true);
    else if (step.kind === 'look') look.mutate(datasetId);
    else {
      mend.mutate(
        { datasetId, code: step.code },
        { onSuccess: () => tell('Mending all of them; undo takes it back as one.') },
      );
    }
  };
  const deeds: Deeds = {
    onStep,
    isBusy: look.isPending || mend.isPending || analyse.isPending || running !== undefined,
    examples: card.exampleCount,
  };
  const of = (level: ReadinessLine['level']) => card.lines.filter((one) => one.level === level);
  const error = look.error ?? mend.error ?? analyse.error;
  return (
    <>
      {running && <RunningAnalysis task={running} />}
      <ScrollArea label="Readiness" className="min-h-0 flex-1">
        <div className="mx-auto max-w-4xl px-6 py-6">
          <Verdict card={card} onProvider={onProvider} />
          {error && <ErrorLine error={error} />}
          <Group level="blocking" lines={of('blocking')} first={1} deeds={deeds} />
          <Group level="advisable" lines={of('advisable')} first={of('blocking').length + 1} deeds={deeds} />
          <Group level="fine" lines={of('fine')} first={1} deeds={deeds} />
          <p className="mt-6 flex items-center gap-1.5 text-xs text-muted">
            <ListChecks aria-hidden className="size-3.5" />
            Counted on this machine from the data set as it stands; nothing was sent.
          </p>
          <Moderation datasetId={datasetId} onShow={show} />
        </div>
        {isGrading && (
          <GraderDialog datasetId={datasetId} grader={card.grader} onClose={() => setIsGrading(false)} />
        )}
      </ScrollArea>
    </>
  );
}

/** Whether a data set may be sent to a provider, and what to do first: the page one shows to a client. */
export function ReadinessTab({ datasetId }: { datasetId: string }) {
  const [{ provider }, change] = useSearchState(address);
  const query = useReadiness(datasetId, provider);
  return (
    <Loaded query={query} label="Working out the readiness">
      {(card) => <Card card={card} onProvider={(id) => change({ provider: id })} />}
    </Loaded>
  );
}
