import type { ReviewHead } from '../../shared/features/preferences/ballots.rules.ts';
import { element } from './elements.ts';
import { createJudgeView } from './judge-view.ts';
import { openKeeper } from './keeper.ts';
import { openReview, type OpenedReview, Review } from './review.ts';

/** The part of the page that a script block holds as data. */
const blockText = (id: string): string => document.getElementById(id)?.textContent ?? '';

const screen = element('div', { className: 'screen' });

function show(...parts: readonly Node[]): void {
  screen.replaceChildren(...parts);
}

/** A small form with one field: the passphrase, then the name. */
function askFor(of: {
  title: string;
  words: string;
  label: string;
  verb: string;
  type: 'password' | 'text';
  maxLength: number;
  /** Answers what is wrong, or null when all is well. */
  onSubmit: (value: string) => Promise<string | null>;
}): void {
  const field = element('input', { id: 'field', type: of.type, maxLength: of.maxLength, required: true });
  field.autocomplete = 'off';
  const problem = element('p', { id: 'problem', className: 'problem', aria: { role: 'alert' } });
  const button = element('button', { type: 'submit', className: 'primary' }, of.verb);
  const form = element(
    'form',
    { className: 'ask' },
    element('h1', {}, of.title),
    element('p', {}, of.words),
    element('label', { htmlFor: 'field' }, of.label),
    field,
    problem,
    button,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  const submit = async (): Promise<void> => {
    if (button.ariaDisabled === 'true') return;
    button.ariaDisabled = 'true';
    problem.textContent = '';
    field.removeAttribute('aria-invalid');
    const wrong = await of.onSubmit(field.value);
    button.ariaDisabled = 'false';
    if (wrong === null) return;
    problem.textContent = wrong;
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', 'problem');
    field.select();
    field.focus();
  };
  show(element('main', {}, form));
  field.focus();
}

function askPassphrase(): void {
  const head = JSON.parse(blockText('head')) as ReviewHead;
  const sealed = blockText('sealed');
  askFor({
    title: 'Open the review',
    words:
      'What is to be judged is encrypted in this file. It is decrypted here, in your browser; this page asks nothing of any network.',
    label: 'Passphrase',
    verb: 'Open',
    type: 'password',
    maxLength: 1000,
    async onSubmit(passphrase) {
      const opened = await openReview(passphrase, { head, sealed });
      if (!opened) {
        return 'This passphrase does not open the file. Look at capitals and dashes, or ask whoever sent you the file.';
      }
      await begin(opened);
      return null;
    },
  });
}

/** True when no other tab of this browser judges in this file; two of them would overwrite each other's progress. */
function isAlone(reviewFile: string): Promise<boolean> {
  return new Promise((resolve) => {
    const holding = navigator.locks.request(reviewFile, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      // Held until the page goes.
      return lock === null ? undefined : new Promise<void>(() => {});
    });
    // A browser that grants no locks to pages from disk keeps nothing for them either, or each for itself.
    holding.catch(() => resolve(true));
  });
}

async function begin(opened: OpenedReview): Promise<void> {
  if (!(await isAlone(opened.head.reviewFile))) {
    const words =
      'This review is open in another tab of this browser. Go on there, or close that tab and load this one anew.';
    show(element('main', {}, element('p', { className: 'ask', aria: { role: 'alert' } }, words)));
    return;
  }
  const review = await Review.resume(opened, await openKeeper());
  document.title = opened.data.title;
  if (review.reviewer !== '') {
    judge(review);
    return;
  }
  askFor({
    title: opened.data.title,
    words: `${opened.data.pairs.length} to judge. Your name goes with your verdicts.`,
    label: 'Your name',
    verb: 'Begin',
    type: 'text',
    maxLength: 60,
    async onSubmit(name) {
      if (name.trim() === '') return 'Type your name.';
      await review.name(name);
      judge(review);
      return null;
    },
  });
}

function judge(review: Review): void {
  const view = createJudgeView(review);
  show(view.element);
  view.start();
}

document.body.append(screen);
if ('subtle' in crypto && 'DecompressionStream' in globalThis) {
  askPassphrase();
} else {
  const words = 'This browser is too old to decrypt this file. Open it in a newer one.';
  show(element('main', {}, element('p', { aria: { role: 'alert' } }, words)));
}
