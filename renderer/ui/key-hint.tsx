import { cx } from './class-names.ts';

const isMac = /mac/i.test(navigator.platform);

const symbols: Record<string, string> = isMac
  ? { $mod: '⌘', Shift: '⇧', Alt: '⌥', Control: '⌃', Meta: '⌘' }
  : { $mod: 'Ctrl', Control: 'Ctrl', Meta: 'Meta' };

const names: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Backspace: '⌫',
  Comma: ',',
  Slash: '/',
};

function caption(key: string): string {
  const plain = symbols[key] ?? names[key] ?? key;
  return plain.length === 1 ? plain.toUpperCase() : plain;
}

/** The caps of a tinykeys chord, e.g. `$mod+Shift+z` → `['Ctrl', 'Shift', 'Z']` (`⌘ ⇧ Z` on a Mac); optional modifiers are left out. */
export function keyCaps(chord: string): string[] {
  return chord
    .split(' ')
    .flatMap((part) => part.split(/(?<=.)\+/))
    .filter((key) => !key.startsWith('['))
    .map(caption);
}

/** A shortcut in words, for a name or a title: `Ctrl+Shift+Z`. */
export function keyText(chord: string): string {
  return keyCaps(chord).join(isMac ? '' : '+');
}

/** A shortcut as it is printed on buttons, menus and in the palette; a picture beside words, unless `isRead`. */
export function KeyHint(props: {
  keys: string;
  tone?: 'plain' | 'on-accent';
  isRead?: boolean;
  className?: string;
}) {
  const tone =
    props.tone === 'on-accent'
      ? 'border-on-accent/35 text-on-accent'
      : 'border-line-strong bg-surface text-muted';
  return (
    <span
      {...(props.isRead ? {} : { 'aria-hidden': true })}
      className={cx('inline-flex shrink-0 items-center gap-0.5', props.className)}
    >
      {keyCaps(props.keys).map((cap) => (
        <kbd
          key={cap}
          className={cx(
            'inline-flex h-4 min-w-4 items-center justify-center rounded-sm border px-1 font-sans text-[11px] leading-none',
            tone,
          )}
        >
          {cap}
        </kbd>
      ))}
    </span>
  );
}
