import { FlaskConical, Lock, LockOpen, ShieldCheck } from 'lucide-react';
import { isOpenTask, useTasks } from '../features/activity/activity.queries.ts';
import { useNow } from '../features/activity/now.ts';
import { progressText } from '../features/activity/progress-words.ts';
import { StatusButton, StatusLink } from '../ui/status-item.tsx';
import { useFrame } from './frame-store.ts';
import { GateStatus } from './gate-status.tsx';
import { ProviderStatus } from './provider-status.tsx';
import { SavedState } from './saved-state.tsx';
import { useOpenWorkspace, useWorkspaces } from '../features/workspaces/workspaces.queries.ts';

function Encryption() {
  const workspace = useOpenWorkspace();
  if (!workspace) return null;
  const { isEncrypted, reason } = workspace.encryption;
  return (
    <StatusLink
      href="/settings"
      icon={isEncrypted ? <Lock aria-hidden /> : <LockOpen aria-hidden />}
      tone={isEncrypted ? 'emerald' : 'amber'}
      text={isEncrypted ? 'Encrypted' : 'Not encrypted'}
      explanation={reason}
    />
  );
}

/** Everything in a demo project is made up. */
function DemoMark() {
  if (!useOpenWorkspace()?.isDemo) return null;
  return (
    <StatusLink
      href="/"
      icon={<FlaskConical aria-hidden />}
      tone="quartz"
      text="Demo project"
      explanation="The data of this workspace are made up, to try things with."
    />
  );
}

function NoWorkspace() {
  const status = useWorkspaces().data;
  if (!status || status.open) return null;
  return (
    <span className="flex items-center gap-1.5 px-1.5">
      <ShieldCheck aria-hidden className="size-3.5 text-emerald" />
      No workspace is open. Nothing leaves this machine.
    </span>
  );
}

function RunningTasks() {
  const running = useTasks().data?.filter(isOpenTask) ?? [];
  const now = useNow(running.length > 0);
  const set = useFrame((frame) => frame.set);
  const isOpen = useFrame((frame) => frame.isActivityOpen);
  const first = running[0];
  if (!first) return null;
  const share = first.total > 0 ? Math.min(1, first.done / first.total) : null;
  const more = running.length > 1 ? ` and ${running.length - 1} more` : '';
  return (
    <StatusButton
      onPress={() => set({ isActivityOpen: !isOpen })}
      isExpanded={isOpen}
      text={`${first.title} ${progressText(first, now)}${more}`}
      explanation="Show running tasks"
      share={share}
    />
  );
}

/** The line at the foot: what holds for the workspace as a whole; every part opens its page. */
export function StatusBar() {
  return (
    <section
      data-pane
      aria-label="Status"
      className="flex h-7 shrink-0 items-center gap-1 overflow-hidden px-2 text-xs text-muted"
    >
      <Encryption />
      <GateStatus />
      <ProviderStatus />
      <DemoMark />
      <NoWorkspace />
      <span className="min-w-0 flex-1" />
      <RunningTasks />
      <SavedState />
    </section>
  );
}
