import { Globe, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import type { EgressSummary } from '../../../shared/features/egress/egress.model.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/class-names.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatBytes, formatCount, formatMoment } from '../../ui/format.ts';
import { useSetGate } from './egress.queries.ts';

/** Since when nothing has left, or what has: the sentence one would give a client. */
function leftWords(summary: EgressSummary): string {
  if (summary.lastSentAt === null) return 'Nothing has ever left this workspace.';
  const sent = `${formatCount(summary.requests, 'request')} with ${formatBytes(summary.bytesOut)} of content`;
  return `The last request left ${formatMoment(summary.lastSentAt)}; nothing has since. In all: ${sent}.`;
}

/** The gate: where it stands, since when, what went through it, and the one control that moves it. */
export function GateCard({ summary }: { summary: EgressSummary }) {
  const [isAsking, setAsking] = useState(false);
  const set = useSetGate();
  const isOpen = summary.position === 'online';
  const Picture = isOpen ? Globe : ShieldCheck;
  return (
    <section
      aria-label="Network gate"
      className={cx(
        'flex flex-wrap items-center gap-x-5 gap-y-4 rounded-md border px-5 py-4',
        isOpen ? 'border-amber-line bg-amber-soft' : 'border-emerald-line bg-emerald-soft',
      )}
    >
      <Picture
        aria-hidden
        className={cx('size-8 shrink-0', isOpen ? 'text-amber' : 'text-emerald')}
        strokeWidth={1.5}
      />
      <div className="min-w-0 flex-1 basis-80">
        <p className="text-lg font-semibold">
          {isOpen ? 'Online: the gate is open' : 'Offline: the gate is closed'}
        </p>
        <p className="max-w-prose text-sm text-pretty">
          {isOpen
            ? 'What you send to a connected provider leaves this machine and is recorded below.'
            : 'No request leaves this machine, whatever is connected.'}{' '}
          {leftWords(summary)}
        </p>
        {summary.movedAt !== null && (
          <p className="mt-1 text-xs">
            {isOpen ? 'Opened' : 'Closed'} {formatMoment(summary.movedAt)}
          </p>
        )}
        {set.error && !isAsking && <ErrorLine error={set.error} className="mt-2" />}
      </div>
      <Button
        isPending={set.isPending}
        onPress={() => (isOpen ? set.mutate('offline') : setAsking(true))}
        variant="secondary"
      >
        {isOpen ? 'Close the gate' : 'Open the gate'}
      </Button>
      <ConfirmDialog
        title="Open the gate?"
        verb="Open the gate"
        isOpen={isAsking}
        isPending={set.isPending}
        error={set.error}
        onClose={() => setAsking(false)}
        onConfirm={() => set.mutate('online', { onSuccess: () => setAsking(false) })}
      >
        This workspace may then send requests to the providers you connected, and to nobody else. Nothing is
        sent by opening it; each launch still shows what leaves and asks you. You can close it at any time.
      </ConfirmDialog>
    </section>
  );
}
