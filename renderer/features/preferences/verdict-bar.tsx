import {
  ArrowRight,
  Diff,
  Equal,
  Flag,
  MessageSquareText,
  PencilLine,
  SignalMedium,
  SkipForward,
  Star,
  Tags,
  ThumbsDown,
  ThumbsUp,
  Undo2,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { JudgingPair, PreferenceKind } from '../../../shared/features/preferences/preferences.model.ts';
import type { JudgingCommandId } from '../../../shared/features/settings/judging-commands.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/class-names.ts';
import type { JudgingKeys } from './judging-keys.ts';
import type { JudgingState } from './judging-stage.ts';
import type { PanelRuns, PanelState } from './panel-runs.ts';
import { strengthWords } from './preference-words.tsx';
import { NoteRow, ReasonRow } from './verdict-details.tsx';

type BarProps = {
  kind: PreferenceKind;
  pair: JudgingPair;
  state: JudgingState;
  open: PanelState;
  keys: JudgingKeys;
  runs: PanelRuns;
  /** A choice is the verdict. */
  goesOn: boolean;
  onReason: (code: string) => void;
  onNote: (note: string) => void;
  onPass: () => void;
};

/** A button of the panel with its key on it. */
function Act(props: {
  of: BarProps;
  id: JudgingCommandId;
  children: ReactNode;
  icon?: ReactNode;
  isPressed?: boolean;
  isBig?: boolean;
  className?: string;
}) {
  const { of, id, isPressed } = props;
  return (
    <Button
      size={props.isBig ? 'regular' : 'compact'}
      variant={props.isBig ? 'secondary' : 'quiet'}
      icon={props.icon}
      keys={of.keys.of(id) ?? undefined}
      onPress={of.runs[id]}
      {...(isPressed === undefined ? {} : { 'aria-pressed': isPressed })}
      className={cx(
        props.isBig ? 'h-10' : 'max-lg:px-2 max-lg:[&_svg]:hidden',
        isPressed && 'border-accent! bg-accent-soft! text-accent-ink!',
        props.className,
      )}
    >
      {props.children}
    </Button>
  );
}

function PairChoices({ bar }: { bar: BarProps }) {
  const { choice } = bar.state.work;
  return (
    <div className="grid grid-cols-[minmax(6rem,1fr)_auto_minmax(6rem,1fr)] gap-2">
      <Act of={bar} id="judge.a" isBig isPressed={choice === 'a'}>
        A is better
      </Act>
      <span className="flex gap-2">
        <Act
          of={bar}
          id="judge.both-good"
          isBig
          isPressed={choice === 'both_good'}
          icon={<ThumbsUp aria-hidden />}
        >
          Both good
        </Act>
        <Act of={bar} id="judge.tie" isBig isPressed={choice === 'tie'} icon={<Equal aria-hidden />}>
          Tie
        </Act>
        <Act
          of={bar}
          id="judge.both-bad"
          isBig
          isPressed={choice === 'both_bad'}
          icon={<ThumbsDown aria-hidden />}
        >
          Both bad
        </Act>
      </span>
      <Act of={bar} id="judge.b" isBig isPressed={choice === 'b'}>
        B is better
      </Act>
    </div>
  );
}

const stars = [
  ['judge.star-1', 1],
  ['judge.star-2', 2],
  ['judge.star-3', 3],
  ['judge.star-4', 4],
  ['judge.star-5', 5],
] as const;

function StarChoices({ bar }: { bar: BarProps }) {
  const { rating } = bar.state.work;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields; these are buttons that act at once.
    <div role="group" aria-label="Stars" className="mx-auto grid w-full max-w-2xl grid-cols-5 gap-2">
      {stars.map(([id, count]) => (
        <Act
          key={id}
          of={bar}
          id={id}
          isBig
          isPressed={rating === count}
          icon={<Star aria-hidden className={rating !== null && count <= rating ? 'fill-current' : ''} />}
        >
          {count === 1 ? '1 star' : `${count} stars`}
        </Act>
      ))}
    </div>
  );
}

function Details({ bar }: { bar: BarProps }) {
  const { state, open, pair } = bar;
  const { work } = state;
  const isPairs = bar.kind === 'pairs';
  return (
    <div className="flex flex-wrap items-center gap-x-1 gap-y-1">
      {isPairs && (
        <Act
          of={bar}
          id="judge.strength"
          icon={<SignalMedium aria-hidden />}
          isPressed={work.strength !== null}
        >
          {work.strength === null ? 'Strength' : `${strengthWords[work.strength] ?? ''} better`}
        </Act>
      )}
      <Act of={bar} id="judge.reasons" icon={<Tags aria-hidden />} isPressed={open.areReasonsShown}>
        {work.reasons.length > 0 ? `Reasons (${work.reasons.length})` : 'Reasons'}
      </Act>
      <Act of={bar} id="judge.note" icon={<MessageSquareText aria-hidden />} isPressed={open.isNoteShown}>
        {work.note === '' ? 'Note' : 'Note ✓'}
      </Act>
      {isPairs && (
        <>
          <Act of={bar} id="judge.edit" icon={<PencilLine aria-hidden />} isPressed={open.isEditing}>
            Edit
          </Act>
          <Act of={bar} id="judge.diff" icon={<Diff aria-hidden />} isPressed={open.isDiffShown}>
            Difference
          </Act>
        </>
      )}
      <span className="flex-1" />
      <Act of={bar} id="judge.flag" icon={<Flag aria-hidden />} isPressed={pair.isFlagged}>
        Flag
      </Act>
      <Act of={bar} id="judge.skip" icon={<SkipForward aria-hidden />}>
        Skip
      </Act>
      <Act of={bar} id="judge.back" icon={<Undo2 aria-hidden />}>
        Take back
      </Act>
      {pair.verdict && (
        <Button size="compact" icon={<ArrowRight aria-hidden />} onPress={bar.onPass}>
          Leave as it is
        </Button>
      )}
      <Button
        size="compact"
        variant={work.choice !== null || work.rating !== null ? 'primary' : 'secondary'}
        keys={bar.keys.of('judge.save') ?? undefined}
        onPress={bar.runs['judge.save']}
      >
        Save and next
      </Button>
    </div>
  );
}

/** What can be said of the pair: the verdicts under the sides they mean, each with its key; details below. */
export function VerdictBar(bar: BarProps) {
  const { state, open } = bar;
  const hint = open.isAskedToEdit
    ? 'Say which answer is better; it opens for editing. After both bad, A does.'
    : state.notice;
  return (
    <section
      aria-label="Verdict"
      className="shrink-0 space-y-2 border-t border-line-strong bg-sunken px-4 py-3"
    >
      {hint !== null && (
        <p role="alert" className="rounded-md border border-amber-line bg-amber-soft px-3 py-1.5 text-sm">
          {hint}
        </p>
      )}
      {open.areReasonsShown && <ReasonRow chosen={state.work.reasons} onReason={bar.onReason} />}
      {open.isNoteShown && <NoteRow note={state.work.note} onNote={bar.onNote} />}
      {bar.kind === 'pairs' ? <PairChoices bar={bar} /> : <StarChoices bar={bar} />}
      <Details bar={bar} />
    </section>
  );
}
