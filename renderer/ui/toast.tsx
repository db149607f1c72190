import { memo } from 'react';
import { Toaster as Sonner, toast } from 'sonner';

const toastOptions = {
  unstyled: true,
  closeButtonAriaLabel: 'Close message',
  classNames: {
    toast:
      'flex w-96 max-w-[calc(100vw-2rem)] items-center gap-3 rounded-md bg-raised px-4 py-2.5 text-sm text-ink shadow-float font-sans',
    content: 'min-w-0 flex-1',
    title: 'break-words',
    actionButton:
      'h-7 shrink-0 rounded-md border border-line-strong bg-surface px-2.5 text-sm font-medium text-ink hover:bg-hover',
    closeButton:
      'order-last flex size-6 shrink-0 items-center justify-center rounded-sm text-muted hover:bg-hover [&_svg]:size-3.5',
  },
};

/** Where toasts appear; mounted once by the frame, and drawn for its own sake only: it measures the page. */
export const Toaster = memo(function Toasts() {
  return (
    <Sonner
      // In the middle: the one button of a page's foot stands at the right, and is pressed soon after a split.
      position="bottom-center"
      offset={{ bottom: 40 }}
      containerAriaLabel="Messages"
      // Without it the direction is read off the page's style every time.
      dir="ltr"
      toastOptions={toastOptions}
    />
  );
});

/** Says that something small was done. Never for errors: those stay where they happened. */
export function tell(text: string): void {
  toast(text);
}

/** Says what was done and offers to take it back for ten seconds; it can be undone later too. */
export function tellUndo(text: string, undo: () => void, verb = 'Undo'): void {
  toast(text, { id: 'undo', duration: 10_000, action: { label: verb, onClick: undo } });
}

/** Says what failed when there is no place for it on the page; it stays until closed. */
export function tellFailure(text: string): void {
  toast(text, { duration: Number.POSITIVE_INFINITY, closeButton: true });
}
