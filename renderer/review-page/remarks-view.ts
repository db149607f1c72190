import { element } from './elements.ts';
import type { Remarks, Review } from './review.ts';

const strengths = ['Slightly', 'Clearly', 'Far better'] as const;

/** Strength, reasons and note of the pair shown. */
export type RemarksView = {
  readonly element: HTMLElement;
  show(remarks: Remarks): void;
  /** The next strength, round from none to far better. */
  stepStrength(): string;
  focusReasons(): void;
  focusNote(): void;
};

/** The fields beside a verdict; `onChange` is told of every change. */
export function createRemarksView(
  review: Review,
  onChange: (changed: Partial<Remarks>) => void,
): RemarksView {
  const radios = strengths.map((label, at) => {
    const input = element('input', { type: 'radio', name: 'strength', value: String(at + 1) });
    input.addEventListener('change', () => onChange({ strength: at + 1 }));
    return { input, label: element('label', {}, input, ` ${label}`) };
  });
  const strength = element(
    'fieldset',
    { hidden: review.data.kind === 'ratings' },
    element('legend', {}, 'How much better ', element('kbd', { aria: { 'aria-hidden': 'true' } }, 'S')),
    ...radios.map(({ label }) => label),
  );
  const boxes = review.data.reasons.map(({ code, label }) => {
    const input = element('input', { type: 'checkbox', value: code });
    input.addEventListener('change', () =>
      onChange({ reasons: boxes.filter((box) => box.input.checked).map((box) => box.input.value) }),
    );
    return { input, label: element('label', {}, input, ` ${label}`) };
  });
  const reasons = element(
    'fieldset',
    { hidden: boxes.length === 0 },
    element('legend', {}, 'Because of ', element('kbd', { aria: { 'aria-hidden': 'true' } }, 'R')),
    ...boxes.map(({ label }) => label),
  );
  const note = element('textarea', { id: 'note', rows: 2, maxLength: 4000 });
  note.addEventListener('change', () => onChange({ note: note.value }));
  const noteLabel = element(
    'label',
    { htmlFor: 'note' },
    'Note ',
    element('kbd', { aria: { 'aria-hidden': 'true' } }, 'N'),
  );
  return {
    element: element(
      'div',
      { className: 'remarks' },
      strength,
      reasons,
      element('div', { className: 'note' }, noteLabel, note),
    ),
    show(remarks) {
      for (const [at, { input }] of radios.entries()) input.checked = remarks.strength === at + 1;
      for (const { input } of boxes) input.checked = remarks.reasons.includes(input.value);
      note.value = remarks.note;
    },
    stepStrength() {
      const now = radios.findIndex(({ input }) => input.checked) + 1;
      const next = (now + 1) % (strengths.length + 1);
      for (const [at, { input }] of radios.entries()) input.checked = at + 1 === next;
      onChange({ strength: next === 0 ? null : next });
      return strengths[next - 1] ?? 'No strength';
    },
    focusReasons: () => boxes[0]?.input.focus(),
    focusNote: () => note.focus(),
  };
}
