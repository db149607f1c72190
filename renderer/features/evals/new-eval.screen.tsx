import { Play } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { z } from 'zod';
import type { EvalPlan } from '../../../shared/features/evals/evals.model.ts';
import { describeGrader } from '../../../shared/features/evals/words.rules.ts';
import { PracticeBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount, formatMoney, formatNumber } from '../../ui/format.ts';
import { ButtonLink } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { type Screen, useGo, useSearchState } from '../../ui/location.ts';
import { PageHead, Section } from '../../ui/page-head.tsx';
import { PageBody } from '../../ui/scroll-area.tsx';
import { Select } from '../../ui/select.tsx';
import { Facts } from '../../ui/stat.tsx';
import { useEvalPlan, useStartEval, useTunedJobs } from './evals.queries.ts';

const address = z.object({ job: z.string().default('') });

function Graders(props: {
  plan: EvalPlan;
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}) {
  const { plan, chosen } = props;
  return (
    <Section title="Graders" description={plan.reason}>
      <div className="divide-y divide-line rounded-md border border-line">
        {plan.graders.map((grader, place) => (
          <div key={grader.name} className="px-4 py-2.5">
            <Checkbox
              isSelected={chosen.has(grader.name)}
              // The last one stays: an evaluation without a grader says nothing.
              isDisabled={chosen.size === 1 && chosen.has(grader.name)}
              onChange={(isChosen) => {
                const next = new Set(chosen);
                if (isChosen) next.add(grader.name);
                else next.delete(grader.name);
                props.onChange(next);
              }}
              description={`${describeGrader(grader)}${place === 0 ? '; it gives the verdict' : ''}`}
            >
              {grader.name}
            </Checkbox>
          </div>
        ))}
      </div>
    </Section>
  );
}

function price(plan: EvalPlan): string {
  return plan.costMicroUsd === null
    ? 'at a price that is not on file'
    : `for ${formatMoney(plan.costMicroUsd)}`;
}

function Departure({ plan }: { plan: EvalPlan }) {
  const isHere = plan.staysOnThisMachine;
  return (
    <Section title={isHere ? 'Stays on this machine' : `Goes to ${plan.host}`}>
      <Facts
        facts={[
          { name: 'Questions', value: `${formatCount(plan.requests, 'question')}, two for each item` },
          { name: 'Test items', value: formatNumber(plan.itemCount) },
          ...(plan.skippedItems > 0
            ? [
                {
                  name: 'Left out',
                  value: `${formatCount(plan.skippedItems, 'example')} without a question and an answer`,
                },
              ]
            : []),
          { name: 'Base', value: <span className="font-mono text-xs break-all">{plan.baseModel}</span> },
          { name: 'Tuned', value: <span className="font-mono text-xs break-all">{plan.tunedModel}</span> },
          { name: 'Prompt tokens', value: `${formatNumber(plan.promptTokens)} for each model` },
          { name: 'Answers', value: `at most ${formatCount(plan.maxTokens, 'token')} each` },
          {
            name: 'Price',
            value: (
              <>
                <span className="font-medium">
                  {plan.costMicroUsd === null ? 'not on file' : formatMoney(plan.costMicroUsd)}
                </span>
                <span className="block text-xs text-muted">{plan.costNote}</span>
              </>
            ),
          },
        ]}
      />
    </Section>
  );
}

function Plan({ plan, onAgain }: { plan: EvalPlan; onAgain: () => void }) {
  const names = useMemo(() => plan.graders.map((grader) => grader.name), [plan]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(names));
  useEffect(() => setChosen(new Set(names)), [names]);
  const start = useStartEval();
  const go = useGo();
  const begin = (): void => {
    const graders = plan.graders.filter((grader) => chosen.has(grader.name));
    start.mutate(
      { jobId: plan.jobId, approvalId: plan.approval.approvalId, graders },
      { onSuccess: ({ evalId }) => go(`/evals/${evalId}`, { replace: true }), onError: onAgain },
    );
  };
  const verb = plan.staysOnThisMachine
    ? `Ask ${formatCount(plan.requests, 'question')}`
    : `Send ${formatCount(plan.requests, 'question')} to ${plan.host} ${price(plan)}`;
  return (
    <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2">
      <Graders plan={plan} chosen={chosen} onChange={setChosen} />
      <div className="space-y-6">
        <Departure plan={plan} />
        {start.error && <ErrorLine error={start.error} />}
        <Button
          variant="primary"
          icon={<Play aria-hidden />}
          isPending={start.isPending}
          onPress={begin}
          className="max-w-full"
        >
          {verb}
        </Button>
      </div>
    </div>
  );
}

function NewEvalPage() {
  const [{ job }, setAddress] = useSearchState(address);
  const jobs = useTunedJobs();
  const jobId = job || jobs.data?.[0]?.id || null;
  const plan = useEvalPlan(jobId);
  return (
    <>
      <PageHead
        title="Evaluate a run"
        crumbs={[{ label: 'Evals', href: '/evals' }]}
        marks={plan.data?.providerKind === 'practice' && <PracticeBadge />}
      />
      <PageBody>
        <Loaded query={jobs}>
          {(runs) =>
            runs.length === 0 && !job ? (
              <EmptyState
                title="No run has left a tuned model"
                action={<ButtonLink href="/jobs">Go to Jobs</ButtonLink>}
              >
                Train a model first; when it is done, evaluate it here on the test split it never saw.
              </EmptyState>
            ) : (
              <div className="space-y-8">
                <Select
                  label="Run"
                  options={runs.map((run) => ({
                    value: run.id,
                    label: run.name,
                    detail: `${run.datasetName}, ${run.model}`,
                  }))}
                  value={jobId}
                  onChange={(value) => setAddress({ job: value })}
                  className="max-w-md"
                />
                <Loaded query={plan} label="Looking at the test split">
                  {(found) => <Plan plan={found} onAgain={() => void plan.refetch()} />}
                </Loaded>
              </div>
            )
          }
        </Loaded>
      </PageBody>
    </>
  );
}

/** What an evaluation would ask, of whom, at what price; one button starts it. */
export const newEvalScreen: Screen = {
  path: '/evals/new',
  title: 'Evaluate a run',
  component: NewEvalPage,
};
