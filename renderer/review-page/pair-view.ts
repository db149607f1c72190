import type { ReviewPair, ReviewText } from '../../shared/features/preferences/ballots.rules.ts';
import { element } from './elements.ts';

/** The texts of a pair; texts stay texts, whatever they hold. */
export type PairView = {
  readonly element: HTMLElement;
  show(pair: ReviewPair, place: string): void;
  /** Brings the focus to the top of the pair, so that a screen reader begins there. */
  focus(): void;
};

const roles: Readonly<Record<string, string>> = {
  system: 'Instruction',
  developer: 'Instruction',
  user: 'User',
  assistant: 'Assistant',
  tool: 'Result of a tool',
  function: 'Result of a tool',
  tools: 'Tools',
};

function message({ role, text }: ReviewText): HTMLElement {
  return element(
    'div',
    { className: `message ${role === 'user' ? 'from-user' : ''}` },
    element('p', { className: 'role' }, roles[role] ?? role),
    element('p', { className: 'text' }, text),
  );
}

function answer(title: string): { element: HTMLElement; text: HTMLElement } {
  const text = element('p', { className: 'text' });
  const heading = element('h2', { id: `answer-${title.at(-1)}` }, title);
  const aria = { 'aria-labelledby': heading.id };
  return { element: element('article', { className: 'answer', aria }, heading, text), text };
}

/** The prompt above, the answers side by side (below each other on a narrow screen). */
export function createPairView(isRating: boolean): PairView {
  const heading = element('h2', { tabIndex: -1 });
  const conversation = element('div', { className: 'conversation' });
  const a = answer(isRating ? 'Answer' : 'Answer A');
  const b = answer('Answer B');
  b.element.hidden = isRating;
  return {
    element: element(
      'div',
      { className: 'pair' },
      element('section', { className: 'prompt' }, heading, conversation),
      element('div', { className: isRating ? 'answers one' : 'answers' }, a.element, b.element),
    ),
    show(pair, place) {
      heading.textContent = place;
      conversation.replaceChildren(...pair.prompt.map(message));
      a.text.textContent = pair.a;
      b.text.textContent = pair.b ?? '';
    },
    focus() {
      heading.focus({ preventScroll: true });
      window.scrollTo({ top: 0 });
    },
  };
}
