/** What a key press asks for. */
export type Command =
  | 'a'
  | 'b'
  | 'tie'
  | 'both_good'
  | 'both_bad'
  | 'skip'
  | 'flag'
  | 'strength'
  | 'reasons'
  | 'note'
  | 'undo'
  | 'next'
  | 'leave'
  | { readonly stars: number };

const pairKeys: Readonly<Record<string, Command>> = {
  '1': 'a',
  ArrowLeft: 'a',
  '2': 'b',
  ArrowRight: 'b',
  '0': 'tie',
  g: 'both_good',
  x: 'both_bad',
  s: 'strength',
};
const commonKeys: Readonly<Record<string, Command>> = {
  ' ': 'skip',
  f: 'flag',
  r: 'reasons',
  n: 'note',
  Backspace: 'undo',
  Escape: 'leave',
};

const isField = (target: Element): boolean =>
  target.matches('textarea, select, input:not([type=checkbox]):not([type=radio])');

/**
 * The command of a key press; null when it is none or belongs to the control that has the focus: nothing is taken from a
 * text field, and Space and arrows not from what they work. `areOn` switches single keys off (WCAG 2.2, 2.1.4).
 */
export function commandOf(event: KeyboardEvent, of: { isRating: boolean; areOn: boolean }): Command | null {
  if (event.isComposing || event.altKey) return null;
  const withControl = event.ctrlKey || event.metaKey;
  if (withControl && event.key === 'Enter') return 'next';
  const target = event.target instanceof Element ? event.target : document.body;
  if (event.key === 'Escape') return isField(target) || target.matches('input') ? 'leave' : null;
  if (isField(target)) return null;
  if (withControl) return event.key.toLowerCase() === 'z' && !event.shiftKey ? 'undo' : null;
  if (!of.areOn) return null;
  if (event.key === ' ' && target.closest('button, a, input, summary')) return null;
  if (event.key.startsWith('Arrow') && target.matches('input')) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (of.isRating) {
    if (/^[1-5]$/.test(key)) return { stars: Number(key) };
    return commonKeys[key] ?? null;
  }
  return pairKeys[key] ?? commonKeys[key] ?? null;
}
