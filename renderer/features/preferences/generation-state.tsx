import { Play } from 'lucide-react';
import type { Generation, GenerationAccount } from '../../../shared/features/preferences/generation.model.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount, formatDate, formatNumber } from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';
import { useGo } from '../../ui/location.ts';
import { Facts } from '../../ui/stat.tsx';
import { useGenerationOfSet, useResumeGeneration } from './generation.queries.ts';
import { useCreateSet } from './preferences.queries.ts';

const doneOf = ({ answered, failed, requests }: Generation): string =>
  `${formatNumber(answered + failed)} of ${formatCount(requests, 'answer')}`;

function reasonOf({ state, failure }: Generation): string {
  if (state === 'cancelled') return 'It was stopped by hand.';
  return failure?.what ?? 'The program ended while it ran.';
}

function GoOn({ of }: { of: Generation }) {
  const resume = useResumeGeneration();
  const left = of.requests - of.answered - of.failed;
  return (
    <>
      {resume.error && <ErrorLine error={resume.error} />}
      <Button
        variant="primary"
        icon={<Play aria-hidden />}
        isPending={resume.isPending}
        onPress={() => resume.mutate(of.generationId)}
        className="max-w-full"
      >
        {left > 0
          ? `Ask ${formatCount(left, 'question')} more ${of.providerKind === 'practice' ? 'here' : `at ${of.host}`}`
          : 'Make the set'}
      </Button>
    </>
  );
}

/** A set whose answers are not all there: what was kept, why it stopped, and the two ways to go on. */
export function HalfAsked({ of }: { of: GenerationAccount }) {
  const create = useCreateSet();
  const go = useGo();
  const makeNow = (): void =>
    create.mutate(
      {
        name: of.name,
        kind: of.kind,
        source: { kind: 'generated', generationId: of.generationId },
        settings: of.settings,
      },
      { onSuccess: ({ setId }) => go(`/preferences/${setId}`, { replace: true }) },
    );
  return (
    <div className="mx-auto w-full max-w-2xl space-y-5 px-6 py-12">
      <div>
        <h2 className="text-lg font-semibold">{doneOf(of)} are there</h2>
        <p className="mt-1 text-sm">{reasonOf(of)}</p>
        {of.failure && <p className="text-sm">{of.failure.todo}</p>}
        <p className="mt-1 text-sm text-muted">What was answered is kept and is not asked again.</p>
      </div>
      <AskedFacts of={of} />
      {create.error && <ErrorLine error={create.error} />}
      <div className="flex flex-wrap items-start gap-3">
        <GoOn of={of} />
        {of.comparable > 0 && (
          <Button isPending={create.isPending} onPress={makeNow}>
            {`Make a set of the ${formatCount(of.comparable, 'prompt')} that can be compared`}
          </Button>
        )}
      </div>
    </div>
  );
}

function AskedFacts({ of }: { of: GenerationAccount }) {
  const { request } = of;
  return (
    <Facts
      facts={[
        {
          name: 'Asked',
          value: `${of.connectionName}${of.providerKind === 'practice' ? ', on this machine' : `, ${of.host}`}`,
        },
        {
          name: 'Models',
          value: (
            <ul className="space-y-0.5">
              {request.models.map((model) => (
                <li key={model} className="font-mono text-xs break-all">
                  {model}
                </li>
              ))}
            </ul>
          ),
        },
        {
          name: 'How',
          value: `${formatCount(request.candidatesPerModel, 'answer')} of each at temperature ${request.temperature}, at most ${formatCount(request.maxTokens, 'token')}, seed ${request.seed}`,
        },
        { name: 'Prompts', value: `${formatNumber(of.prompts)} of ${of.datasetName}` },
        { name: 'Answers', value: `${formatNumber(of.answered)} of ${formatNumber(of.requests)}` },
        ...(of.identical > 0
          ? [
              {
                name: 'Alike',
                value: `${formatNumber(of.identical)} say the same as another to their prompt and are one candidate with it`,
              },
            ]
          : []),
        ...(of.failed > 0
          ? [
              {
                name: 'Refused',
                value: (
                  <ul className="space-y-0.5">
                    {of.failures.map(({ what, count }) => (
                      <li key={what}>
                        {formatNumber(count)}: {what}
                      </li>
                    ))}
                  </ul>
                ),
              },
            ]
          : []),
        {
          name: 'Used',
          value: `${formatNumber(of.inputTokens)} tokens in, ${formatNumber(of.outputTokens)} out, as the provider counted`,
        },
        { name: 'Begun', value: formatDate(of.createdAt) },
      ]}
    />
  );
}

/** The tab of a set whose answers were asked for: of whom, how, and what came back. */
export function AskedTab({ setId }: { setId: string }) {
  const { data } = useGenerationOfSet(setId);
  return <div className="max-w-2xl overflow-y-auto px-6 py-5">{data ? <AskedFacts of={data} /> : null}</div>;
}

/** Lines of askings that stopped before their set was made. */
export function HalfAskedLines({ all }: { all: readonly Generation[] }) {
  const open = all.filter(({ state }) => state === 'stopped' || state === 'cancelled');
  if (open.length === 0) return null;
  return (
    <ul aria-label="Askings that stopped" className="mb-4 space-y-2">
      {open.map((one) => (
        <li
          key={one.generationId}
          className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-line px-4 py-2.5 text-sm"
        >
          <Badge tone="amber">{one.state === 'cancelled' ? 'cancelled' : 'stopped'}</Badge>
          <Link href={`/preferences/${one.setId}`} className="min-w-0 truncate font-medium">
            {one.name}
          </Link>
          <span className="text-muted">{doneOf(one)}</span>
          <span className="min-w-0 flex-1 truncate text-muted" title={reasonOf(one)}>
            {reasonOf(one)}
          </span>
        </li>
      ))}
    </ul>
  );
}
