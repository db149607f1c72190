const focusable =
  'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [tabindex]:not([tabindex="-1"])';

/** The panes of the window in reading order: what carries `data-pane` and holds no other pane. */
function panes(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter(
    (pane) => !pane.querySelector('[data-pane]') && pane.offsetParent !== null,
  );
}

/** Moves focus to the first control of the next pane (F6), or of the one before it. */
export function focusPane(direction: 1 | -1): void {
  const all = panes();
  if (all.length === 0) return;
  const active = document.activeElement;
  const current = all.findIndex((pane) => pane.contains(active));
  const next = all[(current + direction + all.length) % all.length] ?? all[0];
  const target = next?.querySelector<HTMLElement>(focusable) ?? next;
  target?.focus();
}
