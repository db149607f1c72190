import { Check } from 'lucide-react';
import type {
  AnswerMessage,
  Candidate,
  JudgingPair,
  VerdictInput,
} from '../../../shared/features/preferences/preferences.model.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/class-names.ts';
import { formatCount } from '../../ui/format.ts';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { WordDiff } from '../../ui/word-diff.tsx';
import { contentText } from './answer-content.ts';
import { idealSide } from './judging-work.ts';
import { useJudgingView } from './judging-view.ts';
import { MessageContent } from './message-content.tsx';
import { PromptView } from './prompt-view.tsx';

/** The ideal answer being written from the better one. */
function IdealEditor(props: {
  letter: string;
  ideal: AnswerMessage;
  onIdeal: (ideal: AnswerMessage | null) => void;
}) {
  return (
    <div className="space-y-2">
      <TextField
        label={`Answer ${props.letter}, made ideal`}
        description="Becomes the preferred answer; what was written stays in the lineage. Esc goes back to the keys."
        lines={14}
        value={contentText(props.ideal)}
        onChange={(content) => props.onIdeal({ ...props.ideal, content })}
        autoFocus
      />
      <Button size="compact" onPress={() => props.onIdeal(null)}>
        Drop the edit
      </Button>
    </div>
  );
}

function Side(props: {
  letter: string;
  answer: Candidate;
  work: VerdictInput;
  isBetter: boolean;
  /** Whether an ideal answer is made of this one. */
  isIdealOf: boolean;
  isEditing: boolean;
  onIdeal: (ideal: AnswerMessage | null) => void;
  className?: string;
}) {
  const { letter, answer, work, isBetter } = props;
  const { isRaw, areLengthsShown } = useJudgingView();
  const ideal = props.isIdealOf ? work.ideal : null;
  const name = letter === '' ? 'Answer' : `Answer ${letter}`;
  return (
    <section
      aria-label={name}
      className={cx(
        'flex min-h-0 min-w-0 flex-col border-t-2',
        isBetter ? 'border-t-emerald' : 'border-t-line-strong',
        props.className,
      )}
    >
      <header className="flex min-h-9 shrink-0 items-center gap-2 px-5 pt-1 text-xs text-muted">
        {letter === '' ? name : <span className="text-lg font-semibold text-ink">{letter}</span>}
        {isBetter && (
          <Badge tone="emerald" icon={<Check aria-hidden />}>
            better
          </Badge>
        )}
        {ideal && <Badge tone="accent">edited</Badge>}
        {answer.source !== null && <span className="min-w-0 truncate">{answer.source}</span>}
        {areLengthsShown && (
          <span className="ml-auto shrink-0 tabular-nums">
            {formatCount(answer.characters, 'character')} · {formatCount(answer.tokens, 'token')}
          </span>
        )}
      </header>
      <ScrollArea label={name} className="min-h-0 flex-1 rounded-none">
        <div className="max-w-[80ch] px-5 pt-1 pb-5">
          {props.isEditing && ideal ? (
            <IdealEditor letter={letter} ideal={ideal} onIdeal={props.onIdeal} />
          ) : (
            <MessageContent message={ideal ?? answer.message} isRaw={isRaw} />
          )}
        </div>
      </ScrollArea>
    </section>
  );
}

/** The pair: the question above, both answers side by side or one under the other, or what differs between them. */
export function Answers(props: {
  pair: JudgingPair;
  work: VerdictInput;
  isDiffShown: boolean;
  isEditing: boolean;
  onIdeal: (ideal: AnswerMessage | null) => void;
}) {
  const { pair, work, isEditing, onIdeal } = props;
  const { isStacked, isRaw } = useJudgingView();
  const { a, b } = pair;
  const side = { work, isEditing, onIdeal };
  const edited = idealSide(pair, work);
  const prompt = (
    <section aria-label="Prompt" className="px-5 py-4">
      <div className="max-w-[100ch]">
        <PromptView prompt={pair.prompt} isRaw={isRaw} />
      </div>
    </section>
  );
  if (isStacked || b === null) {
    return (
      <ScrollArea label="Prompt and answers" className="min-h-0 flex-1 rounded-none">
        {prompt}
        {props.isDiffShown && b ? (
          <Difference a={a} b={b} />
        ) : (
          <>
            <Side
              {...side}
              letter={b ? 'A' : ''}
              answer={a}
              isBetter={work.choice === 'a'}
              isIdealOf={edited === 'a'}
            />
            {b && (
              <Side
                {...side}
                letter="B"
                answer={b}
                isBetter={work.choice === 'b'}
                isIdealOf={edited === 'b'}
              />
            )}
          </>
        )}
      </ScrollArea>
    );
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <ScrollArea label="Prompt" className="max-h-[36%] shrink-0 rounded-none">
        {prompt}
      </ScrollArea>
      {props.isDiffShown ? (
        <ScrollArea label="Difference" className="min-h-0 flex-1 rounded-none">
          <Difference a={a} b={b} />
        </ScrollArea>
      ) : (
        <div className="grid min-h-0 flex-1 grid-cols-2 divide-x divide-line">
          <Side {...side} letter="A" answer={a} isBetter={work.choice === 'a'} isIdealOf={edited === 'a'} />
          <Side {...side} letter="B" answer={b} isBetter={work.choice === 'b'} isIdealOf={edited === 'b'} />
        </div>
      )}
    </div>
  );
}

function Difference({ a, b }: { a: Candidate; b: Candidate }) {
  return (
    <section aria-label="From A to B" className="border-t-2 border-line-strong px-5 py-3">
      <p className="mb-2 text-xs text-muted">
        From A to B: struck through stands only in A, underlined only in B.
      </p>
      <WordDiff
        before={contentText(a.message)}
        after={contentText(b.message)}
        label="From A to B"
        className="max-w-[100ch]"
      />
    </section>
  );
}
