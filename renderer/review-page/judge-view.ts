import type { BallotChoice } from '../../shared/features/preferences/ballots.rules.ts';
import { createAnnouncer, element, keyButton } from './elements.ts';
import { type Command, commandOf } from './judging-keys.ts';
import { createPairView } from './pair-view.ts';
import { createRemarksView } from './remarks-view.ts';
import type { Decision, Review } from './review.ts';
import { createSaving } from './saving-view.ts';
import { createStopwatch } from './stopwatch.ts';

const choices: readonly (readonly [choice: BallotChoice, label: string, keys: string])[] = [
  ['a', 'A is better', '1 or ←'],
  ['b', 'B is better', '2 or →'],
  ['tie', 'Tie', '0'],
  ['both_good', 'Both good', 'G'],
  ['both_bad', 'Both bad', 'X'],
];

const stars = (count: number): string => (count === 1 ? '1 star' : `${count} stars`);

function wordsFor(decision: Decision): string {
  if ('rating' in decision) return stars(decision.rating);
  return choices.find(([choice]) => choice === decision.choice)?.[1] ?? '';
}

type VerdictButton = { readonly decision: Decision; readonly button: HTMLButtonElement };

/** The screen on which pairs are judged, one at a time. */
export function createJudgeView(review: Review) {
  return new JudgeView(review);
}

class JudgeView {
  readonly element: HTMLElement;
  readonly #review: Review;
  readonly #isRating: boolean;
  readonly #announcer = createAnnouncer();
  readonly #watch = createStopwatch();
  readonly #pair;
  readonly #remarks;
  readonly #verdicts: readonly VerdictButton[];
  readonly #flag: HTMLButtonElement;
  readonly #count = element('p', { className: 'count' });
  readonly #bar = element('progress', { aria: { 'aria-label': 'Judged' } });
  readonly #goesOn = element('input', { type: 'checkbox', checked: true });
  readonly #keysOn = element('input', { type: 'checkbox', checked: true });
  readonly #end: HTMLElement;
  readonly #panel: HTMLElement;
  readonly #commands: Readonly<Record<Exclude<Command, object>, () => void>> = {
    a: () => this.#decide({ choice: 'a' }),
    b: () => this.#decide({ choice: 'b' }),
    tie: () => this.#decide({ choice: 'tie' }),
    both_good: () => this.#decide({ choice: 'both_good' }),
    both_bad: () => this.#decide({ choice: 'both_bad' }),
    strength: () => this.#announcer.say(this.#remarks.stepStrength()),
    reasons: () => this.#remarks.focusReasons(),
    note: () => this.#remarks.focusNote(),
    leave: () => this.#pair.focus(),
    skip: () => this.#skip(),
    flag: () => this.#flagIt(),
    undo: () => this.#takeBack(),
    next: () => this.#next(),
  };
  /** One change after the other, however quickly keys are pressed. */
  #work: Promise<void> = Promise.resolve();

  constructor(review: Review) {
    this.#review = review;
    this.#isRating = review.data.kind === 'ratings';
    this.#pair = createPairView(this.#isRating);
    this.#remarks = createRemarksView(review, (changed) => this.#do(() => review.remark(changed)));
    this.#verdicts = this.#makeVerdicts();
    this.#flag = keyButton('Flag', { keys: 'F', onPress: () => this.#run('flag') });
    this.#bar.max = review.data.pairs.length;
    this.#end = element('section', { className: 'end', hidden: true });
    this.#panel = this.#makePanel();
    const saving = createSaving(review, {
      say: (text) => this.#announcer.say(text),
      onLoaded: () => this.#show(),
    });
    const main = element('main', {}, this.#pair.element, this.#end, this.#panel);
    const head = element(
      'header',
      {},
      element('h1', {}, review.data.title),
      element('div', { className: 'progress' }, this.#count, this.#bar),
      saving.save,
    );
    this.element = element('div', { className: 'judging' }, head, main, saving.more);
  }

  /** Shows the first pair and listens to keys. */
  start(): void {
    document.addEventListener('keydown', (event) => {
      const command = commandOf(event, { isRating: this.#isRating, areOn: this.#keysOn.checked });
      if (command === null || event.defaultPrevented || event.repeat) return;
      event.preventDefault();
      this.#run(command);
    });
    this.#show();
    if (this.#review.decided > 0) {
      this.#announcer.say(`You have judged ${this.#review.decided}. Go on where you left off.`);
    }
  }

  #makeVerdicts(): readonly VerdictButton[] {
    const make = (decision: Decision, keys: string): VerdictButton => ({
      decision,
      button: keyButton(wordsFor(decision), { keys, onPress: () => this.#decide(decision) }),
    });
    if (!this.#isRating) return choices.map(([choice, , keys]) => make({ choice }, keys));
    return [1, 2, 3, 4, 5].map((rating) => make({ rating }, String(rating)));
  }

  #makePanel(): HTMLElement {
    const group = { role: 'group', 'aria-label': 'Verdict' };
    const onPress = (command: Command) => (): void => this.#run(command);
    return element(
      'section',
      { className: 'panel', aria: { 'aria-label': 'Your verdict' } },
      this.#remarks.element,
      element('div', { className: 'verdicts', aria: group }, ...this.#verdicts.map(({ button }) => button)),
      element(
        'div',
        { className: 'steps' },
        keyButton('Previous', { keys: '', onPress: () => this.#previous() }),
        keyButton('Take back', { keys: 'Backspace', onPress: onPress('undo') }),
        element(
          'div',
          { className: 'steps while-judging' },
          keyButton('Skip', { keys: 'Space', onPress: onPress('skip') }),
          this.#flag,
          keyButton('Next', { keys: 'Ctrl+Enter', onPress: onPress('next') }),
          element('label', {}, this.#goesOn, ' A verdict goes on by itself'),
          element('label', {}, this.#keysOn, ' Single keys judge'),
        ),
        this.#announcer.element,
      ),
    );
  }

  #do(change: () => Promise<unknown>): void {
    this.#work = this.#work
      .then(change)
      .then(() => this.#mark())
      .catch(() => this.#announcer.say('This browser could not keep that. Save a ballot now.'));
  }

  #run(command: Command): void {
    if (typeof command === 'object') this.#decide({ rating: command.stars });
    else this.#commands[command]();
  }

  #decide(decision: Decision): void {
    // What stands in the note has not told of itself while the focus is still in it.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    this.#do(async () => {
      if (!this.#end.hidden) return;
      await this.#review.decide(decision, this.#watch.elapsedMs());
      const said = `${wordsFor(decision)}, kept.`;
      if (this.#goesOn.checked) await this.#advance(said);
      else this.#announcer.say(said);
    });
  }

  #flagIt(): void {
    this.#do(async () => {
      if (!this.#end.hidden) return;
      this.#announcer.say((await this.#review.flag()) ? 'Flagged.' : 'No longer flagged.');
    });
  }

  #skip(): void {
    this.#do(async () => {
      if (!this.#end.hidden) return;
      await this.#review.skip();
      await this.#advance('Skipped.');
    });
  }

  #next(): void {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    this.#do(() => this.#advance('Next.'));
  }

  /** The pair before the one shown, to look at it again or to judge it anew; from the end, the last one shown. */
  #previous(): void {
    this.#do(async () => {
      const { at } = this.#review;
      await this.#review.goTo(this.#end.hidden ? Math.max(1, at - 1) : at);
      this.#showPair();
      this.#announcer.say(`Pair ${this.#review.at}.`);
    });
  }

  #takeBack(): void {
    this.#do(async () => {
      const pair = await this.#review.takeBack();
      if (pair !== null) {
        await this.#review.goTo(pair);
        this.#show();
      }
      this.#announcer.say(pair === null ? 'There is nothing to take back.' : `Taken back: pair ${pair}.`);
    });
  }

  async #advance(said: string): Promise<void> {
    const next = this.#review.nextOpen();
    if (next === null) {
      this.#showEnd();
      this.#announcer.say(`${said} That was the last.`);
      return;
    }
    await this.#review.goTo(next);
    this.#show();
    this.#announcer.say(`${said} Pair ${next} of ${this.#review.data.pairs.length}.`);
  }

  #show(): void {
    const isJudged = this.#review.verdictOn(this.#review.at) !== undefined;
    if (isJudged && this.#review.nextOpen() === null) this.#showEnd();
    else this.#showPair();
  }

  #showPair(): void {
    const { at, data, draft } = this.#review;
    const pair = data.pairs[at - 1];
    if (!pair) throw new Error(`no pair ${at}`);
    this.#setEnd(false);
    this.#pair.show(pair, `${this.#isRating ? 'Answer' : 'Pair'} ${at} of ${data.pairs.length}`);
    this.#remarks.show(draft);
    this.#mark();
    this.#watch.restart();
    this.#pair.focus();
  }

  #setEnd(isEnd: boolean): void {
    this.#end.hidden = !isEnd;
    this.#pair.element.hidden = isEnd;
    this.#panel.classList.toggle('at-end', isEnd);
  }

  #showEnd(): void {
    const { skipped } = this.#review;
    const again = element('button', { type: 'button' }, `Judge the ${skipped.size} skipped`);
    again.addEventListener('click', () =>
      this.#do(async () => {
        await this.#review.returnToSkipped();
        await this.#advance('');
      }),
    );
    const words = skipped.size === 0 ? 'All are judged' : `All are judged but ${skipped.size}`;
    const heading = element('h2', { tabIndex: -1 }, words);
    const todo =
      'Save the ballot and send the file back to whoever sent you this page. It is encrypted and signed.';
    this.#end.replaceChildren(heading, element('p', {}, todo), ...(skipped.size === 0 ? [] : [again]));
    this.#setEnd(true);
    this.#mark();
    heading.focus();
  }

  /** Shows what stands of the pair on screen, and how far all has come. */
  #mark(): void {
    const { at, data, decided, flagged } = this.#review;
    const verdict = this.#review.verdictOn(at);
    for (const { decision, button } of this.#verdicts) {
      const isPressed =
        'rating' in decision ? verdict?.rating === decision.rating : verdict?.choice === decision.choice;
      button.ariaPressed = String(isPressed);
    }
    this.#flag.ariaPressed = String(flagged.has(at));
    this.#count.textContent = `${decided} of ${data.pairs.length} judged`;
    this.#bar.value = decided;
  }
}
