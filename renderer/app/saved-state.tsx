import { useIsMutating } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useOpenWorkspace } from '../features/workspaces/workspaces.queries.ts';

/** Says whether everything done is on disk. A change is durable as soon as the core has answered it. */
export function SavedState() {
  const isSaving = useIsMutating() > 0;
  const workspace = useOpenWorkspace();
  if (!workspace) return null;
  return (
    <span className="flex h-6 shrink-0 items-center gap-1 px-1.5">
      {!isSaving && <Check aria-hidden className="size-3.5" />}
      {isSaving ? 'Saving…' : 'Saved'}
    </span>
  );
}
