const modifiers = new Set([
  'Control',
  'Shift',
  'Alt',
  'Meta',
  'AltGraph',
  'CapsLock',
  'Fn',
  'Dead',
  'Unidentified',
]);

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/**
 * The tinykeys chord of a key press, e.g. `$mod+Shift+z`; null while only modifiers are held. The platform's main
 * modifier (Ctrl, on a Mac Command) is `$mod`, so that a keymap works on both.
 */
export function chordOf(press: KeyPress, isMac: boolean): string | null {
  if (modifiers.has(press.key)) return null;
  const isLetter = /^\p{L}$/u.test(press.key);
  const key = press.key === ' ' ? 'Space' : isLetter ? press.key.toLowerCase() : press.key;
  // A sign such as `?` is typed with Shift on one keyboard and without on another.
  const isSign = press.key.length === 1 && !isLetter;
  const parts = [
    (isMac ? press.metaKey : press.ctrlKey) && '$mod',
    isMac && press.ctrlKey && 'Control',
    !isMac && press.metaKey && 'Meta',
    press.altKey && 'Alt',
    press.shiftKey && (isSign ? '[Shift]' : 'Shift'),
    key,
  ];
  return parts.filter(Boolean).join('+');
}

/** Ids of other commands that have these keys now, compared without optional modifiers. */
export function conflictsOf(
  keys: string,
  own: string,
  bound: readonly { id: string; keys: string | null }[],
): string[] {
  const plain = (chord: string): string => chord.replaceAll(/\[\w+\]\+/g, '').toLowerCase();
  return bound
    .filter((one) => one.id !== own && one.keys !== null && plain(one.keys) === plain(keys))
    .map((one) => one.id);
}
