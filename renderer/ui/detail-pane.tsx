import { X } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { IconButton } from './button.tsx';

const ownEscape =
  'input, textarea, [contenteditable="true"], [role="application"], [role="menu"], [role="listbox"]';

/**
 * What opens beside a list: named, with its own actions, closed by Esc from anywhere inside (but not out of a field).
 * `onClose` should give focus back to where it came from.
 */
export function DetailPane(props: {
  title: string;
  marks?: ReactNode;
  actions?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = event.target instanceof Element ? event.target : null;
    if (event.key !== 'Escape' || event.defaultPrevented || target?.closest(ownEscape)) return;
    event.preventDefault();
    props.onClose();
  };
  return (
    <section
      aria-label={props.title}
      data-pane
      tabIndex={-1}
      onKeyDown={onKeyDown}
      className="flex min-h-0 flex-1 flex-col bg-surface outline-none"
    >
      <header className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-b border-line py-1 pr-2 pl-4">
        <h2 className="min-w-0 truncate text-sm font-semibold">{props.title}</h2>
        {props.marks}
        <span className="flex-1" />
        {props.actions}
        <IconButton label="Close" keys="Escape" icon={<X aria-hidden />} onPress={props.onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-auto">{props.children}</div>
    </section>
  );
}
