import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { rpc } from '../../rpc.ts';
import { Badge } from '../../ui/badge.tsx';
import { formatCount } from '../../ui/format.ts';
import { ButtonLink } from '../../ui/link.tsx';

const steps = [
  {
    title: 'Bring two answers a prompt',
    text: 'From a DPO data set, two data sets with the same prompts, an evaluation, a file of candidates, or asked of models now.',
  },
  {
    title: 'Judge them blind, by keys',
    text: '1 or 2 for the better one. You do not see who wrote which, and the sides are drawn by chance.',
  },
  {
    title: 'See whether to trust it, then export',
    text: 'Agreement, your own consistency and contradictions first; then the file a provider trains on.',
  },
] as const;

/** Where no set is yet: what judging pairs is for, and the data that could be judged right now. */
export function NoSets({ icon }: { icon: ReactNode }) {
  const datasets = useQuery({ queryKey: ['datasets', 'list'], queryFn: () => rpc.datasets.list() }).data;
  const pairs = (datasets ?? []).filter(({ method, exampleCount }) => method === 'dpo' && exampleCount > 0);
  return (
    <div className="mx-auto max-w-3xl py-6">
      <div className="flex items-center gap-3">
        <span className="flex size-10 shrink-0 items-center justify-center rounded-md border border-line bg-sunken text-muted [&_svg]:size-5">
          {icon}
        </span>
        <div>
          <p className="text-lg font-semibold">Which answer is better?</p>
          <p className="text-base text-muted">
            Preference tuning learns from pairs, so it is only as good as the judgments in them.
          </p>
        </div>
      </div>
      <ol className="mt-6 grid gap-6 sm:grid-cols-3">
        {steps.map(({ title, text }, place) => (
          <li key={title} className="border-t-2 border-line-strong pt-3">
            <p className="text-xs text-muted tabular-nums">{place + 1}</p>
            <p className="text-sm font-semibold">{title}</p>
            <p className="mt-1 text-sm text-pretty text-muted">{text}</p>
          </li>
        ))}
      </ol>
      <div className="mt-8 space-y-2">
        {pairs.slice(0, 5).map(({ datasetId, name, exampleCount, isDemo }) => (
          <div
            key={datasetId}
            className="flex items-center gap-3 rounded-md border border-line bg-surface py-2 pr-2 pl-4"
          >
            <span className="min-w-0 flex-1 truncate text-sm font-medium">{name}</span>
            {isDemo && <Badge tone="quartz">demo</Badge>}
            <span className="text-sm text-muted">{formatCount(exampleCount, 'pair')}</span>
            <ButtonLink href={`/preferences/new?dataset=${datasetId}`} size="compact">
              Judge these pairs
            </ButtonLink>
          </div>
        ))}
        <div className="flex flex-wrap gap-2 pt-2">
          <ButtonLink href="/preferences/new" variant="primary">
            Make a set
          </ButtonLink>
          {datasets && pairs.length === 0 && (
            <ButtonLink href="/?do=demo">Try it on the demo project</ButtonLink>
          )}
        </div>
      </div>
    </div>
  );
}
