import type { Choice } from '../../../shared/features/preferences/preferences.model.ts';
import type { JudgingCommandId } from '../../../shared/features/settings/judging-commands.ts';
import { isPlainAnswer } from './answer-content.ts';
import { idealSide } from './judging-work.ts';
import type { JudgingSession } from './judging-session.ts';
import type { JudgingState } from './judging-stage.ts';

/** What of the judging panel is open beside the pair. */
export type PanelState = {
  readonly isDiffShown: boolean;
  /** An answer is being made ideal. */
  readonly isEditing: boolean;
  /** Editing was asked for before it was said which answer is better. */
  readonly isAskedToEdit: boolean;
  readonly areReasonsShown: boolean;
  readonly isNoteShown: boolean;
  readonly isRecentShown: boolean;
};

/** What each command of the panel does. */
export type PanelRuns = Readonly<Record<JudgingCommandId, () => void>>;

type Panel = {
  readonly session: JudgingSession;
  readonly state: JudgingState;
  readonly open: PanelState;
  readonly patch: (change: Partial<PanelState>) => void;
  /** A choice is the verdict, and the next pair comes at once. */
  readonly goesOn: boolean;
  readonly focusPanel: () => void;
};

/** Opens the better answer for editing (the first of two bad ones, or the only one), or asks which one it is. */
function startEditing({ session, state, patch }: Panel): void {
  const { pair, work } = state;
  if (!pair) return;
  const side = idealSide(pair, work);
  const answer = side === null ? null : pair[side];
  if (!answer) patch({ isAskedToEdit: true });
  else if (isPlainAnswer(answer.message)) {
    if (!work.ideal) session.ideal(answer.message);
    patch({ isEditing: true, isAskedToEdit: false, isDiffShown: false });
  } else session.tell('This answer is more than a text, so it cannot be edited here.');
}

/** Binds the panel's commands to what is on screen now. */
export function runsOf(panel: Panel): PanelRuns {
  const { session, state, open, patch, goesOn, focusPanel } = panel;
  const choose = (choice: Choice) => (): void => {
    const edits = open.isAskedToEdit && (choice === 'a' || choice === 'b' || choice === 'both_bad');
    void session.choose(choice, goesOn && !edits && !open.isEditing);
    if (edits) startEditing({ ...panel, state: session.store.getState() });
  };
  const rate = (stars: number) => (): void => void session.rate(stars, goesOn);
  const toggle = (key: 'isDiffShown' | 'areReasonsShown' | 'isNoteShown' | 'isRecentShown') => (): void => {
    if (open[key]) focusPanel();
    patch({ [key]: !open[key] });
  };
  return {
    'judge.a': choose('a'),
    'judge.b': choose('b'),
    'judge.tie': choose('tie'),
    'judge.both-good': choose('both_good'),
    'judge.both-bad': choose('both_bad'),
    'judge.star-1': rate(1),
    'judge.star-2': rate(2),
    'judge.star-3': rate(3),
    'judge.star-4': rate(4),
    'judge.star-5': rate(5),
    'judge.strength': () => session.strengthen(),
    'judge.edit': () => startEditing(panel),
    'judge.diff': () => state.pair?.b && toggle('isDiffShown')(),
    'judge.reasons': toggle('areReasonsShown'),
    'judge.note': toggle('isNoteShown'),
    'judge.flag': () => void session.flag(),
    'judge.skip': () => void session.skip(),
    'judge.save': () => void session.save(),
    'judge.back': () => void session.takeBack(),
    'judge.recent': toggle('isRecentShown'),
  };
}
