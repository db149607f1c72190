import { Gauge, Settings2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { z } from 'zod';
import {
  type AnalysisSettings,
  type QualityState,
  usualSettings,
} from '../../../shared/features/quality/quality.model.ts';
import { ToneIcon } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/class-names.ts';
import { useCommands } from '../../ui/commands.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount, formatMoment, formatNumber, formatPercent } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { useSearchState } from '../../ui/location.ts';
import { RowButton } from '../../ui/row-button.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { AnalysisSettingsDialog } from './analysis-settings.tsx';
import { ShareBar } from './share-bar.tsx';
import { RunningAnalysis } from './running-analysis.tsx';
import { useAnalyse, useQuality, useRunningAnalysis } from './quality.queries.ts';
import { comparisonText } from './quality-words.ts';
import { type Topic, type TopicList, topicsOf } from './topics.ts';
import { TopicDetail } from './topic-detail.tsx';

const tabState = z.object({ topic: z.string().catch('').default('') });

function Age(props: {
  state: QualityState;
  isRunning: boolean;
  onAnalyse: () => void;
  onSettings: () => void;
}) {
  const { profile, analysedAt, isOutdated } = props.state;
  if (!profile || analysedAt === null) return null;
  const { shingle, threshold } = profile.settings;
  return (
    <div
      className={cx(
        'flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 border-b px-6 py-1.5 text-sm',
        isOutdated ? 'border-amber-line bg-amber-soft' : 'border-line',
      )}
    >
      <p className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2">
        {isOutdated && (
          <span className="inline-flex items-center gap-1.5 font-medium">
            <ToneIcon tone="amber" />
            Outdated: examples or splits changed since.
          </span>
        )}
        <span className={isOutdated ? '' : 'text-muted'}>
          Analysed {formatMoment(analysedAt)} · {formatCount(profile.examples, 'example')} · alike from{' '}
          {formatPercent(threshold)} of their {formatNumber(shingle)}-word runs
        </span>
      </p>
      <IconButton
        label="How near duplicates are found"
        icon={<Settings2 aria-hidden />}
        onPress={props.onSettings}
      />
      <Button
        size="compact"
        variant={isOutdated ? 'primary' : 'secondary'}
        onPress={props.onAnalyse}
        isDisabled={props.isRunning}
      >
        Analyse again
      </Button>
    </div>
  );
}

function TopicRow(props: { topic: Topic; isSelected: boolean; onSelect: () => void }) {
  const { topic } = props;
  return (
    <RowButton
      onPress={props.onSelect}
      className={cx(
        'flex min-h-8 w-full items-center gap-2 rounded-sm px-2 py-1 text-sm',
        props.isSelected ? 'bg-accent-soft font-medium text-accent-ink' : 'hover:bg-hover',
      )}
    >
      {topic.tone ? (
        <ToneIcon tone={topic.tone} className="size-3.5" label={toneWords[topic.tone]} />
      ) : (
        <span className="w-3.5" />
      )}
      <span className="min-w-0 flex-1 text-pretty">{topic.title}</span>
      {topic.share !== null && <ShareBar share={topic.share} />}
      {topic.count !== null && (
        <span className="text-xs text-muted tabular-nums">{formatNumber(topic.count)}</span>
      )}
      {props.isSelected && <span className="sr-only">(shown)</span>}
    </RowButton>
  );
}

const toneWords: Readonly<Record<string, string>> = { ruby: 'Error:', amber: 'Warning:', neutral: 'Advice:' };

function TopicNav(props: { lists: readonly TopicList[]; selected: string; onSelect: (id: string) => void }) {
  return (
    <ScrollArea label="Topics" className="w-72 shrink-0 border-r border-line px-3 py-4">
      <nav aria-label="Quality topics" className="space-y-5">
        {props.lists.map(({ title, topics }) => (
          <div key={title}>
            <h2 className="px-2 pb-1 text-xs font-medium text-muted">{title}</h2>
            {topics.length === 0 ? (
              <p className="flex items-center gap-2 px-2 py-1 text-sm">
                <ToneIcon tone="emerald" className="size-3.5" /> Nothing found.
              </p>
            ) : (
              <ul>
                {topics.map((topic) => (
                  <li key={topic.id}>
                    <TopicRow
                      topic={topic}
                      isSelected={topic.id === props.selected}
                      onSelect={() => props.onSelect(topic.id)}
                    />
                  </li>
                ))}
              </ul>
            )}
          </div>
        ))}
      </nav>
    </ScrollArea>
  );
}

function Analysed({ datasetId, state }: { datasetId: string; state: QualityState }) {
  const [{ topic }, change] = useSearchState(tabState);
  const lists = useMemo(() => topicsOf(state), [state]);
  const topics = lists.flatMap((list) => list.topics);
  const selected = topics.find(({ id }) => id === topic) ?? topics[0];
  return (
    <div className="flex min-h-0 flex-1">
      <TopicNav lists={lists} selected={selected?.id ?? ''} onSelect={(id) => change({ topic: id })} />
      <ScrollArea label="Topic" className="min-w-0 flex-1">
        {selected && (
          <TopicDetail
            key={selected.id}
            datasetId={datasetId}
            state={state}
            topic={selected.id}
            title={selected.title}
          />
        )}
      </ScrollArea>
    </div>
  );
}

/** The quality of a data set beyond its format: what to do next, what it is made of, what it is held against. */
export function QualityTab({ datasetId }: { datasetId: string }) {
  const query = useQuality(datasetId);
  const { running, failure } = useRunningAnalysis(datasetId);
  const { mutate, error, isPending } = useAnalyse();
  const [isSetting, setSetting] = useState(false);
  const commands = useMemo(
    () => [
      {
        id: 'quality.analyse',
        title: 'Analyse the quality of this data set',
        group: 'Quality',
        keys: null,
        run: () => mutate({ datasetId, settings: null }),
      },
    ],
    [mutate, datasetId],
  );
  useCommands('quality', commands);
  const analyse = (settings: AnalysisSettings | null): void => mutate({ datasetId, settings });
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {running && <RunningAnalysis task={running} />}
      {error && <ErrorLine error={error} className="m-4" />}
      {!running && failure && (
        <ErrorLine
          error={{ code: failure.code, message: failure.what, data: { ...failure, retry: 'now' } }}
          className="m-4"
        />
      )}
      <Loaded query={query} label="Reading the analysis">
        {(state) => (
          <>
            <Age
              state={state}
              isRunning={running !== undefined || isPending}
              onAnalyse={() => analyse(null)}
              onSettings={() => setSetting(true)}
            />
            {state.profile ? (
              <Analysed datasetId={datasetId} state={state} />
            ) : (
              !running && (
                <EmptyState
                  icon={<Gauge aria-hidden />}
                  title="Not analysed yet"
                  action={
                    <Button variant="primary" onPress={() => analyse(null)} isPending={isPending}>
                      Analyse quality
                    </Button>
                  }
                >
                  {state.comparison && `${comparisonText(state.comparison)} `}
                  Looks for near duplicates, contradictions, leaks between splits, unfinished text and more,
                  on this machine. The examples stay as they are.
                </EmptyState>
              )
            )}
            {isSetting && (
              <AnalysisSettingsDialog
                settings={state.profile?.settings ?? usualSettings}
                onClose={() => setSetting(false)}
                onAnalyse={(settings) => {
                  setSetting(false);
                  analyse(settings);
                }}
              />
            )}
          </>
        )}
      </Loaded>
    </div>
  );
}
