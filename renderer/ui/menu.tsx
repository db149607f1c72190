import { memo, type ReactElement, type ReactNode, useRef, useState } from 'react';
import { Check, ChevronRight } from 'lucide-react';
import {
  Header,
  Menu as AriaMenu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
  SubmenuTrigger,
} from 'react-aria-components';
import { cx } from './class-names.ts';
import { KeyHint } from './key-hint.tsx';

export type MenuEntry =
  | {
      id: string;
      label: string;
      icon?: ReactNode;
      keys?: string | undefined;
      /** A quieter second line. */
      detail?: string | undefined;
      isDisabled?: boolean | undefined;
      isDanger?: boolean | undefined;
      isChecked?: boolean | undefined;
      run: () => void;
    }
  /** Opens a further menu beside. */
  | { id: string; label: string; entries: readonly MenuEntry[] }
  | { id: string; separator: true }
  | { id: string; heading: string };

/** Classes of anything that floats above the page: menus, lists, pop-overs. */
export const popoverClass =
  'z-50 overflow-auto rounded-md bg-raised text-sm text-ink shadow-float outline-none ' +
  'transition-opacity entering:opacity-0 exiting:opacity-0';

/** Classes of one row of a floating list. */
export const popoverItemClass =
  'group flex min-h-7 cursor-default items-center gap-2 rounded-sm px-2 py-1 outline-none select-none ' +
  'focus:bg-hover disabled:text-faint [&_svg]:size-4 [&_svg]:shrink-0';

/**
 * The entries of an open menu. One that closes fades away as it was: what an entry does to the page often changes the
 * entries too, and to work all of them out again would keep the page waiting.
 */
const MenuBody = memo(
  function Entries({ label, entries }: { label: string; entries: readonly MenuEntry[]; isOpen: boolean }) {
    return (
      <AriaMenu aria-label={label} className="max-h-[70vh] overflow-auto p-1 outline-none">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </AriaMenu>
    );
  },
  (before, after) => !after.isOpen || (before.isOpen && before.entries === after.entries),
);

/** A menu button: `children` is the button that opens it. */
export function Menu(props: {
  children: ReactElement;
  label: string;
  entries: readonly MenuEntry[];
  placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end' | undefined;
  minWidth?: number | undefined;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <MenuTrigger onOpenChange={setOpen}>
      {props.children}
      <Popover
        placement={props.placement ?? 'bottom start'}
        offset={4}
        className={popoverClass}
        style={{ minWidth: props.minWidth ?? 180 }}
      >
        <MenuBody label={props.label} entries={props.entries} isOpen={isOpen} />
      </Popover>
    </MenuTrigger>
  );
}

/** A menu at a place of the window, in pixels from its top left; focus is in its first entry. */
export function ContextMenu(props: {
  label: string;
  at: { x: number; y: number };
  entries: readonly MenuEntry[];
  onClose: () => void;
}) {
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span
        ref={anchor}
        aria-hidden
        className="pointer-events-none fixed size-px"
        style={{ left: props.at.x, top: props.at.y }}
      />
      <Popover
        triggerRef={anchor}
        isOpen
        onOpenChange={(isOpen) => !isOpen && props.onClose()}
        placement="bottom start"
        offset={2}
        className={popoverClass}
        style={{ minWidth: 200 }}
      >
        <AriaMenu
          aria-label={props.label}
          autoFocus="first"
          onClose={props.onClose}
          className="max-h-[70vh] overflow-auto p-1 outline-none"
        >
          {props.entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </AriaMenu>
      </Popover>
    </>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  if ('separator' in entry) return <Separator className="mx-1 my-1 h-px bg-line" />;
  if ('heading' in entry) {
    return (
      <MenuSection>
        <Header className="px-2 pt-2 pb-1 text-xs text-muted">{entry.heading}</Header>
      </MenuSection>
    );
  }
  if ('entries' in entry) {
    return (
      <SubmenuTrigger>
        <MenuItem id={entry.id} textValue={entry.label} className={popoverItemClass}>
          <span className="min-w-0 flex-1 truncate">{entry.label}</span>
          <ChevronRight aria-hidden className="text-muted" />
        </MenuItem>
        <Popover className={popoverClass} style={{ minWidth: 180 }}>
          <AriaMenu aria-label={entry.label} className="max-h-[60vh] overflow-auto p-1 outline-none">
            {entry.entries.map((inner) => (
              <Entry key={inner.id} entry={inner} />
            ))}
          </AriaMenu>
        </Popover>
      </SubmenuTrigger>
    );
  }
  return (
    <MenuItem
      id={entry.id}
      textValue={entry.label}
      isDisabled={entry.isDisabled ?? false}
      onAction={entry.run}
      className={cx(popoverItemClass, entry.isDanger && 'text-ruby focus:bg-ruby-soft')}
    >
      {entry.icon && <span className="text-muted group-disabled:text-faint">{entry.icon}</span>}
      <span className="min-w-0 flex-1">
        <span className="block truncate">{entry.label}</span>
        {entry.detail && <span className="block truncate text-xs text-muted">{entry.detail}</span>}
      </span>
      {entry.isChecked && <Check aria-label="chosen" />}
      {entry.keys && <KeyHint keys={entry.keys} />}
    </MenuItem>
  );
}
