import { ArrowRight, Cloud, Database, FileText, Monitor } from 'lucide-react';
import type { ReactNode } from 'react';
import type { LaunchPlan } from '../../../shared/features/jobs/jobs.model.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { itemWord, launchVerb } from './job-words.ts';
import { PlanNotes } from './launch-bill.tsx';

function Station(props: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-1 basis-48 gap-3 lg:basis-0">
      <span className="mt-0.5 flex size-8 shrink-0 items-center justify-center rounded-md border border-line-strong bg-surface text-muted [&_svg]:size-4">
        {props.icon}
      </span>
      <div className="min-w-0 text-sm">
        <p className="truncate font-medium" title={props.title}>
          {props.title}
        </p>
        <div className="text-xs text-muted">{props.children}</div>
      </div>
    </div>
  );
}

function Gap({ isCrossing }: { isCrossing: boolean }) {
  return (
    <span className="hidden shrink-0 items-center self-center text-muted lg:flex">
      <ArrowRight aria-hidden className="size-4" />
      {isCrossing && (
        <span className="ml-2 border-l-2 border-dashed border-amber py-1 pl-2 text-xs text-amber">
          leaves this
          <br />
          machine
        </span>
      )}
    </span>
  );
}

/** What goes from where to whom, byte by byte; the machine's edge is drawn where it is crossed. */
function Route({ plan }: { plan: LaunchPlan }) {
  const { destination, files } = plan;
  return (
    <div className="flex flex-wrap gap-4 lg:flex-nowrap">
      <Station icon={<Database aria-hidden />} title={plan.dataset.name}>
        {files.map((file) => (
          <p key={file.role}>
            {formatCount(file.examples, itemWord(plan.request))} to{' '}
            {file.role === 'training' ? 'train on' : 'validate with'}
          </p>
        ))}
        {files.length === 0 && <p>nothing to train on</p>}
      </Station>
      <Gap isCrossing={false} />
      <Station icon={<FileText aria-hidden />} title={formatCount(files.length, 'file')}>
        {files.map((file) => (
          <p key={file.role} className="truncate" title={`SHA-256 ${file.sha256}`}>
            {formatBytes(file.sizeBytes)}, SHA-256{' '}
            <span className="font-mono">{file.sha256.slice(0, 12)}…</span>
          </p>
        ))}
      </Station>
      <Gap isCrossing={!destination.staysOnThisMachine} />
      <Station
        icon={destination.staysOnThisMachine ? <Monitor aria-hidden /> : <Cloud aria-hidden />}
        title={destination.staysOnThisMachine ? 'This machine' : destination.name}
      >
        {destination.staysOnThisMachine ? 'Nothing leaves it.' : destination.host}
      </Station>
    </div>
  );
}

/** The last look before a launch: the route of the data, what stands in the way, and the one button that does it. */
export function Airlock(props: {
  plan: LaunchPlan;
  /** The plan shown belongs to what the form says now. */
  isCurrent: boolean;
  isPending: boolean;
  error: unknown;
  onLaunch: () => void;
}) {
  const { plan } = props;
  const isReady = plan.approval !== null && props.isCurrent;
  return (
    <section
      aria-label="Airlock"
      className="shrink-0 space-y-4 border-t border-line-strong bg-sunken px-6 py-4"
    >
      <PlanNotes plan={plan} />
      <div className="flex flex-wrap items-center gap-x-8 gap-y-4">
        <div className="min-w-0 flex-1 basis-md">
          <Route plan={plan} />
        </div>
        <Button variant="primary" isDisabled={!isReady} isPending={props.isPending} onPress={props.onLaunch}>
          {launchVerb(plan)}
        </Button>
      </div>
      {props.error ? <ErrorLine error={props.error} /> : null}
    </section>
  );
}
