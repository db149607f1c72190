import { Ban } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Connection } from '../../../shared/features/providers/providers.model.ts';
import { formatDay, formatMoment } from '../../ui/format.ts';
import { ButtonLink, Link } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { type Screen, useParam } from '../../ui/location.ts';
import { PageHead, Section } from '../../ui/page-head.tsx';
import { PageBody } from '../../ui/scroll-area.tsx';
import { NoSuchConnection } from './connection.screen.tsx';
import { useConnections } from './providers.queries.ts';

function Way(props: { href: string; label: string; children: ReactNode }) {
  return (
    <li className="grid gap-x-6 gap-y-1 border-b border-line py-3 last:border-0 sm:grid-cols-[11rem_minmax(0,1fr)]">
      <Link href={props.href} className="font-medium">
        {props.label}
      </Link>
      <span className="text-pretty text-muted">{props.children}</span>
    </li>
  );
}

/** The days on which OpenAI closes self-serve fine-tuning. */
const timeline = [
  { day: Date.UTC(2026, 4, 7, 12), what: 'Accounts that never fine-tuned could no longer create jobs.' },
  {
    day: Date.UTC(2026, 6, 2, 12),
    what: 'Nor could accounts without use of a tuned model in the 60 days before.',
  },
  { day: Date.UTC(2027, 0, 6, 12), what: 'From this day on nobody can create a job.' },
  {
    day: Date.UTC(2027, 0, 14, 12),
    what: 'The 4o and 4.1 models stop, and everything tuned from them with them.',
  },
];

function Timeline() {
  return (
    <Section
      title="Since when, and until when"
      description="From OpenAI’s deprecations page and copies of it, read on 20 November 2026."
    >
      <ol className="text-sm">
        {timeline.map((entry) => (
          <li
            key={entry.day}
            className="grid gap-x-6 border-b border-line py-2 last:border-0 sm:grid-cols-[11rem_minmax(0,1fr)]"
          >
            <span className="tabular-nums">{formatDay(entry.day)}</span>
            <span className="text-muted">{entry.what}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Refused({ connection }: { connection: Connection }) {
  const { trainingBlock, name } = connection;
  if (!trainingBlock) {
    return (
      <p className="text-base">
        {name} has not refused to train for this account.{' '}
        <Link href={`/jobs/new?connection=${connection.id}`}>Plan a training job</Link>
      </p>
    );
  }
  return (
    <div className="space-y-8">
      <section
        aria-label="What happened"
        className="flex gap-4 rounded-md border border-ruby-line bg-ruby-soft px-5 py-4"
      >
        <Ban aria-hidden className="mt-0.5 size-6 shrink-0 text-ruby" strokeWidth={1.5} />
        <div className="min-w-0 space-y-2">
          <p className="text-lg font-semibold">{name} does not train for this account any more</p>
          <p className="text-sm">
            It answered the launch of a job with this, first on {formatMoment(trainingBlock.since)}. The files
            that were sent before are on record under <Link href="/governance">Governance</Link>. No job was
            created and nothing was billed for training.
          </p>
          <blockquote className="border-l-2 border-ruby-line pl-3 text-sm break-words text-muted">
            {trainingBlock.message}
          </blockquote>
        </div>
      </section>
      {connection.kind === 'openai' && <Timeline />}
      <Section title="What still works here">
        <ul className="text-sm">
          <Way href="/datasets" label="Curate">
            Import, check, edit and split data. A clean data set outlives every provider.
          </Way>
          <Way href="/costs" label="Estimate">
            Prices and remaining days of every model on file, also at other providers.
          </Way>
          <Way href="/jobs/new?connection=practice" label="Practise">
            Train on this machine with the same steps, free, to see what the data teach.
          </Way>
          <Way href="/evals" label="Evaluate">
            Compare answers of any connected model, base or tuned, for as long as it answers, and keep the
            report as one file.
          </Way>
          <Way href="/datasets" label="Export">
            Write a data set, or one split of it, as a file that another trainer takes.
          </Way>
          <Way href="/settings/providers?do=connect" label="Connect another">
            Any provider with the same API trains from the same data set.
          </Way>
        </ul>
      </Section>
    </div>
  );
}

function TrainingRefusedPage() {
  const connectionId = useParam('connectionId');
  const connections = useConnections();
  return (
    <Loaded query={connections}>
      {(list) => {
        const connection = list.find((one) => one.id === connectionId);
        if (!connection) return <NoSuchConnection />;
        return (
          <>
            <PageHead
              title="Training is not available"
              crumbs={[
                { label: 'Providers', href: '/settings/providers' },
                { label: connection.name, href: `/settings/providers/${connection.id}` },
              ]}
              actions={<ButtonLink href="/jobs/new?connection=practice">Train with practice</ButtonLink>}
            />
            <PageBody width="prose">
              <Refused connection={connection} />
            </PageBody>
          </>
        );
      }}
    </Loaded>
  );
}

/** What it means that a provider answers `training_not_available`: what happened, since when, what still works. */
export const trainingRefusedScreen: Screen = {
  path: '/settings/providers/$connectionId/training',
  title: 'Training is not available',
  component: TrainingRefusedPage,
};
