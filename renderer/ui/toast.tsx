import { Toaster as Sonner, toast } from 'sonner';

/** Where toasts appear; mounted once by the frame. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      offset={{ bottom: 40, right: 16 }}
      containerAriaLabel="Messages"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-96 items-center gap-3 rounded-md bg-raised px-4 py-2.5 text-sm text-ink shadow-float font-sans',
          content: 'min-w-0 flex-1',
          title: 'break-words',
          description: 'text-xs text-muted',
          actionButton:
            'h-7 shrink-0 rounded-md border border-line-strong bg-surface px-2.5 text-sm font-medium text-ink hover:bg-hover',
        },
      }}
    />
  );
}

/** Says that something small was done. Never for errors: those stay where they happened. */
export function tell(text: string): void {
  toast(text);
}

/** Says what was done and offers to take it back for ten seconds; it can be undone later too. */
export function tellUndo(text: string, undo: () => void): void {
  toast(text, { duration: 10_000, action: { label: 'Undo', onClick: undo } });
}

/** Says in passing that something could not be done when there is no place for it on the page. */
export function tellFailure(text: string): void {
  toast(text, { duration: Number.POSITIVE_INFINITY, closeButton: true, important: true } as Parameters<
    typeof toast
  >[1]);
}
