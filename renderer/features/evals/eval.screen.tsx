import { FileText, Play, Square } from 'lucide-react';
import { useRef } from 'react';
import { z } from 'zod';
import { type EvalResult, itemOutcome } from '../../../shared/features/evals/evals.model.ts';
import { PracticeBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import type { DataGridHandle } from '../../ui/data-grid.model.ts';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount, formatMoment, formatNumber } from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { type Screen, useGo, useParam, useSearchState } from '../../ui/location.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { Progress } from '../../ui/progress.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Figures } from './eval-figures.tsx';
import { Item } from './eval-item.tsx';
import { Items } from './eval-items.tsx';
import { Labels } from './eval-labels.tsx';
import { ForestPlots, Verdict } from './eval-results.tsx';
import { useEval, useResumeEval, useStopEval, useWriteReport } from './evals.queries.ts';

const address = z.object({
  tab: z.enum(['items', 'labels', 'figures']).default('items'),
  outcome: itemOutcome.nullable().default(null),
  search: z.string().default(''),
  item: z.number().int().nonnegative().nullable().default(null),
});

/** What an evaluation that is not done is at, and the one thing to do about it. */
function Unfinished({ result }: { result: EvalResult }) {
  const stop = useStopEval();
  const resume = useResumeEval();
  const { state, answered, itemCount, taskId } = result;
  const isRunning = state === 'asking' || state === 'grading';
  const error = resume.error ?? stop.error;
  return (
    <div className="mx-auto w-full max-w-2xl space-y-4 px-6 py-8">
      <Progress
        label={state === 'grading' ? 'Grading the answers' : 'Asking both models'}
        done={answered}
        total={2 * itemCount}
        detail={`${formatNumber(answered)} of ${formatCount(2 * itemCount, 'answer')}`}
        {...(result.providerKind === 'practice' ? { tone: 'quartz' as const } : {})}
      />
      {result.failure && (
        <ErrorLine error={{ code: result.failure.code, data: { ...result.failure, retry: 'now' } }} />
      )}
      {state === 'cancelled' && (
        <p className="text-sm text-muted">You stopped this evaluation. What was answered is kept.</p>
      )}
      {error && <ErrorLine error={error} />}
      {isRunning && taskId ? (
        <Button icon={<Square aria-hidden />} isPending={stop.isPending} onPress={() => stop.mutate(taskId)}>
          Stop
        </Button>
      ) : (
        <Button
          variant="primary"
          icon={<Play aria-hidden />}
          isPending={resume.isPending}
          onPress={() => resume.mutate(result.evalId)}
        >
          {`Ask the remaining ${formatCount(2 * itemCount - answered, 'question')}`}
        </Button>
      )}
    </div>
  );
}

function Finished({ result }: { result: EvalResult }) {
  const [state, setState] = useSearchState(address);
  const [headline] = result.graders;
  const hasLabels = result.graders.some((one) => one.labels !== null);
  const grid = useRef<DataGridHandle>(null);
  const open = (item: number): void => setState({ item }, { push: true });
  const close = (): void => {
    setState({ item: null });
    grid.current?.focusBack();
  };
  return (
    <SplitPane
      id="evals.item"
      label="Width of the item"
      first={
        <SplitPane
          id="evals.items"
          label="Height of the items"
          direction="column"
          size={52}
          first={
            <ScrollArea label="Result" className="min-h-0 flex-1 px-6 py-4">
              <div className="@container">
                <div className="grid gap-x-10 gap-y-6 @4xl:grid-cols-[minmax(0,19rem)_minmax(0,1fr)]">
                  {headline && <Verdict result={headline} />}
                  <ForestPlots result={result} className="@container" />
                </div>
              </div>
            </ScrollArea>
          }
          second={
            <Tabs
              label="Parts of this evaluation"
              className="flex-1"
              selected={state.tab === 'labels' && !hasLabels ? 'items' : state.tab}
              onSelect={(tab) => setState({ tab: address.shape.tab.parse(tab) })}
              tabs={[
                {
                  id: 'items',
                  label: 'Items',
                  count: result.itemCount,
                  content: (
                    <Items
                      result={result}
                      outcome={state.outcome}
                      search={state.search}
                      open={state.item}
                      onFilter={(filter) => setState(filter)}
                      onOpen={open}
                      grid={grid}
                    />
                  ),
                },
                ...(hasLabels
                  ? [{ id: 'labels', label: 'Labels', content: <Labels result={result} /> }]
                  : []),
                { id: 'figures', label: 'Figures', content: <Figures result={result} /> },
              ]}
            />
          }
        />
      }
      second={
        state.item === null ? null : (
          <Item
            evalId={result.evalId}
            position={state.item}
            itemCount={result.itemCount}
            onOpen={open}
            onClose={close}
          />
        )
      }
    />
  );
}

function EvalPage() {
  const evalId = useParam('evalId');
  const query = useEval(evalId);
  const write = useWriteReport();
  const go = useGo();
  const result = query.data;
  return (
    <>
      <PageHead
        title={result ? result.name : 'Evaluation'}
        crumbs={[{ label: 'Evals', href: '/evals' }]}
        marks={result?.providerKind === 'practice' && <PracticeBadge />}
        facts={
          result && (
            <>
              {formatCount(result.itemCount, 'test item')} of “{result.datasetName}”
              {result.dataVersion && ` v${result.dataVersion.number}`}, asked of base and tuned on{' '}
              {formatMoment(result.createdAt)}. <Link href={`/jobs/${result.jobId}`}>Training run</Link>
            </>
          )
        }
        actions={
          result?.state === 'done' && (
            <Button
              variant="primary"
              icon={<FileText aria-hidden />}
              isPending={write.isPending}
              onPress={() =>
                write.mutate(
                  { jobId: result.jobId, evalId },
                  { onSuccess: ({ reportId }) => go(`/reports/${reportId}`) },
                )
              }
            >
              Write report
            </Button>
          )
        }
      />
      {write.error && <ErrorLine error={write.error} className="mx-6 mt-3" />}
      <Loaded query={query}>
        {(found) => (found.state === 'done' ? <Finished result={found} /> : <Unfinished result={found} />)}
      </Loaded>
    </>
  );
}

/** One evaluation: the verdict, the forest plot, the items, and one item beside. */
export const evalScreen: Screen = { path: '/evals/$evalId', title: 'Evaluation', component: EvalPage };
