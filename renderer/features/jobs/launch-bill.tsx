import type { LaunchPlan, PlanNote } from '../../../shared/features/jobs/jobs.model.ts';
import { Arithmetic } from '../../ui/arithmetic.tsx';
import { PracticeBadge, ToneIcon } from '../../ui/badge.tsx';
import { formatBytes, formatCount, formatMoney } from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';
import { itemWord } from './job-words.ts';

/** What the training would cost: the sum, and under it every step that leads there. */
export function LaunchBill({ plan }: { plan: LaunchPlan }) {
  const { estimate } = plan;
  return (
    <section aria-label="Bill">
      <h2 className="text-lg font-semibold">Bill</h2>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-3">
        <span className="text-2xl font-semibold tracking-tight">
          {estimate ? formatMoney(estimate.totalMicroUsd) : 'Price unknown'}
        </span>
        {plan.destination.staysOnThisMachine && <PracticeBadge />}
        {estimate && !plan.destination.staysOnThisMachine && (
          <span className="text-sm text-muted">
            estimate; at most {formatMoney(plan.capMicroUsd)} by your cap
          </span>
        )}
      </p>
      {estimate && (
        <Arithmetic lines={estimate.lines.map((line) => ({ ...line, isSum: line.microUsd !== null }))} />
      )}
      {estimate && plan.request.method === 'dpo' && (
        <p className="mt-2 text-xs text-muted">Of a pair the question and both answers are counted.</p>
      )}
      {estimate && !plan.destination.staysOnThisMachine && (
        <p className="mt-2 text-xs text-muted">
          {estimate.price.source}; read on {estimate.price.retrievedOn}
          {estimate.price.validUntil && `, holds until ${estimate.price.validUntil}`}. Validation is not
          billed.
        </p>
      )}
    </section>
  );
}

/** Steps of the training as arithmetic, when epochs and batch size are known beforehand. */
function stepsText(plan: LaunchPlan): string | null {
  const value = (key: string): number | null =>
    plan.hyperparameters.find((one) => one.key === key)?.expected ?? null;
  const [epochs, batch] = [value('nEpochs'), value('batchSize')];
  const examples = plan.files.find((file) => file.role === 'training')?.examples;
  if (!epochs || !batch || !examples) return null;
  const steps = Math.ceil(examples / batch) * epochs;
  return `${formatCount(steps, 'step')}: ${formatCount(examples, itemWord(plan.request))} in batches of ${batch}, ${formatCount(epochs, 'time')} over`;
}

/** What pressing the button sets going, in the order in which it happens. */
export function LaunchSteps({ plan }: { plan: LaunchPlan }) {
  const { destination, files } = plan;
  const where = destination.staysOnThisMachine ? 'this machine' : destination.host;
  const steps = stepsText(plan);
  const lines = [
    `${formatCount(files.length, 'file')} with ${formatBytes(plan.totalBytes)} ${destination.staysOnThisMachine ? 'stay on' : 'go to'} ${where}. Line i is example i of the split; the same split gives the same bytes.`,
    `One job is created at ${destination.name}. Whatever happens to the connection, one launch never becomes two.`,
    ...(plan.request.method === 'dpo'
      ? [
          'The model it starts from is kept beside it, frozen: what the new one gains in liking the preferred answers is measured against that.',
        ]
      : []),
    steps
      ? `It trains: ${steps}.`
      : 'It trains; how many steps that takes is known once the provider has chosen.',
    'Curves, checkpoints and events are kept here, also while the window is closed.',
  ];
  return (
    <section aria-label="What will happen">
      <h2 className="text-lg font-semibold">What will happen</h2>
      <ol className="mt-2 space-y-1.5 text-sm">
        {lines.map((line, place) => (
          <li key={line} className="flex gap-3">
            <span aria-hidden className="w-4 shrink-0 text-right text-muted tabular-nums">
              {place + 1}
            </span>
            <span className="max-w-prose text-pretty">{line}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

const ways: Partial<Record<string, { label: string; href: (plan: LaunchPlan) => string }>> = {
  UNRESOLVED_FINDINGS: {
    label: 'Show what is left to do',
    href: (plan) => `/datasets/${plan.dataset.datasetId}?tab=readiness`,
  },
  TOO_FEW_EXAMPLES: { label: 'Open the data set', href: (plan) => `/datasets/${plan.dataset.datasetId}` },
  NO_SPLIT: { label: 'Split the data set', href: (plan) => `/datasets/${plan.dataset.datasetId}` },
  NO_VALIDATION: { label: 'Split the data set', href: (plan) => `/datasets/${plan.dataset.datasetId}` },
  PERSONAL_DATA_UNRESOLVED: {
    label: 'Open the Privacy tab',
    href: (plan) => `/datasets/${plan.dataset.datasetId}?tab=privacy`,
  },
  OFFLINE: { label: 'Open Governance', href: () => '/governance' },
  TRAINING_NOT_AVAILABLE: {
    label: 'What still works',
    href: (plan) => `/settings/providers/${plan.destination.connectionId}/training`,
  },
  ALREADY_LAUNCHED: { label: 'Show the jobs', href: () => '/jobs' },
};

/** What stands in the way of a launch, and what one should know; each with the way to its remedy. */
export function PlanNotes({ plan }: { plan: LaunchPlan }) {
  if (plan.notes.length === 0) return null;
  return (
    <ul className="space-y-2" aria-label="Before you launch">
      {plan.notes.map((note) => (
        <Note key={note.code} note={note} plan={plan} />
      ))}
    </ul>
  );
}

function Note({ note, plan }: { note: PlanNote; plan: LaunchPlan }) {
  const way = ways[note.code];
  const isBlock = note.level === 'blocks';
  return (
    <li
      className={
        isBlock
          ? 'flex gap-2 rounded-md border border-ruby-line bg-ruby-soft px-3 py-2 text-sm'
          : 'flex gap-2 rounded-md border border-amber-line bg-amber-soft px-3 py-2 text-sm'
      }
    >
      <ToneIcon tone={isBlock ? 'ruby' : 'amber'} label={isBlock ? 'Blocks' : 'Note'} className="mt-0.5" />
      <span className="min-w-0 text-pretty">
        <span className="font-medium">{note.what}</span> {note.todo}{' '}
        {way && (
          <Link href={way.href(plan)} className="whitespace-nowrap">
            {way.label}
          </Link>
        )}
      </span>
    </li>
  );
}
