import { Pause, Play, Square } from 'lucide-react';
import { useState } from 'react';
import type { Job, PracticePace } from '../../../shared/features/jobs/jobs.model.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { failureText } from '../../ui/failure.ts';
import { ButtonLink } from '../../ui/link.tsx';
import { Select } from '../../ui/select.tsx';
import { tellFailure } from '../../ui/toast.tsx';
import { paceWords } from './job-words.ts';
import { usePace, useSteer } from './jobs.queries.ts';

/** How fast a practice run goes, to be changed while it runs. */
function Pace({ job }: { job: Job }) {
  const pace = usePace(job.id);
  if (job.pace === null) return null;
  return (
    <Select<PracticePace>
      label="Pace"
      isLabelHidden
      size="compact"
      value={job.pace}
      options={(['real_time', 'ten_times', 'instant'] as const).map((value) => ({
        value,
        label: `Pace: ${paceWords[value].toLowerCase()}`,
      }))}
      onChange={(value) => pace.mutate(value, { onError: (error) => tellFailure(failureText(error)) })}
      className="w-40"
    />
  );
}

function CancelButton({ job }: { job: Job }) {
  const [isAsking, setAsking] = useState(false);
  const steer = useSteer(job.id);
  return (
    <>
      <Button icon={<Square aria-hidden />} onPress={() => setAsking(true)}>
        Cancel
      </Button>
      <ConfirmDialog
        title={`Cancel “${job.name}”?`}
        verb="Cancel the job"
        isDanger
        isOpen={isAsking}
        isPending={steer.isPending}
        error={steer.error}
        onClose={() => setAsking(false)}
        onConfirm={() => steer.mutate('cancel', { onSuccess: () => setAsking(false) })}
      >
        It stops at {job.host} and cannot be resumed. Checkpoints saved so far stay
        {job.providerKind === 'practice' ? '.' : '; what was trained so far may be billed.'}
      </ConfirmDialog>
    </>
  );
}

/** What one can do with a job as it stands. */
export function RunControls({ job }: { job: Job }) {
  const steer = useSteer(job.id);
  const turn = (verb: 'pause' | 'resume'): void =>
    steer.mutate(verb, { onError: (error) => tellFailure(failureText(error)) });
  if (job.endedAt !== null) {
    if (job.status === 'succeeded') {
      return (
        <ButtonLink href={`/evals/new?job=${job.id}`} variant="primary">
          Evaluate base and tuned
        </ButtonLink>
      );
    }
    return (
      <ButtonLink href={`/jobs/new?dataset=${job.datasetId}&connection=${job.connectionId}`}>
        Plan again
      </ButtonLink>
    );
  }
  return (
    <>
      {job.providerKind === 'practice' && <Pace job={job} />}
      {job.status === 'running' && (
        <Button icon={<Pause aria-hidden />} isPending={steer.isPending} onPress={() => turn('pause')}>
          Pause
        </Button>
      )}
      {(job.status === 'paused' || job.status === 'pausing') && (
        <Button icon={<Play aria-hidden />} isPending={steer.isPending} onPress={() => turn('resume')}>
          Resume
        </Button>
      )}
      <CancelButton job={job} />
    </>
  );
}
