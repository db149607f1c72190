import { ChevronDown, ChevronUp, CircleCheck, CircleX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { ChatMessage } from '../../../shared/features/datasets/datasets.model.ts';
import type { EvalItem, StoredAnswer } from '../../../shared/features/evals/evals.model.ts';
import type { Grade } from '../../../shared/features/evals/graders.model.ts';
import { readable } from '../../../shared/features/evals/sample.rules.ts';
import { formatScore } from '../../../shared/features/evals/verdict.rules.ts';
import { failureWords, rightOrWrong } from '../../../shared/features/evals/words.rules.ts';
import { IconButton, ToggleButton } from '../../ui/button.tsx';
import { cx } from '../../ui/class-names.ts';
import { DetailPane } from '../../ui/detail-pane.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { TextWithBadges } from '../../ui/text-with-badges.tsx';
import { WordDiff } from '../../ui/word-diff.tsx';
import { useItem } from './evals.queries.ts';
import { OutcomeBadge } from './verdict-badge.tsx';

function Part(props: { title: string; children: ReactNode; aside?: ReactNode; className?: string }) {
  return (
    <section className={cx('border-b border-line px-4 py-3', props.className)}>
      <div className="mb-1 flex min-h-5 items-center gap-2">
        <h3 className="text-xs font-medium text-muted">{props.title}</h3>
        {props.aside}
      </div>
      {props.children}
    </section>
  );
}

function Message({ message }: { message: ChatMessage }) {
  return (
    <div className="border-l-2 border-line pl-3">
      <p className="text-xs text-muted">{message.name ? `${message.role}, ${message.name}` : message.role}</p>
      <TextWithBadges text={readable(message)} limit={4000} />
    </div>
  );
}

function Mark({ item, side }: { item: EvalItem; side: 'base' | 'tuned' }) {
  const word = rightOrWrong(item, side);
  if (word === null) return null;
  const Picture = word === 'right' ? CircleCheck : CircleX;
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1 text-xs font-medium [&_svg]:size-3.5',
        word === 'right' ? 'text-emerald' : 'text-ruby',
      )}
    >
      <Picture aria-hidden />
      {word}
    </span>
  );
}

function Answer({ answer }: { answer: StoredAnswer | null }) {
  if (!answer) return <p className="text-sm text-muted">Not asked yet.</p>;
  if (!answer.message) return <p className="text-sm text-muted">Refused: {answer.refusal}</p>;
  if (answer.text === '') return <p className="text-sm text-muted">An empty answer.</p>;
  return (
    <>
      <TextWithBadges text={answer.text} isMono limit={8000} />
      {answer.finishReason === 'length' && (
        <p className="mt-1 text-xs text-amber">Cut off: the answer reached its limit of tokens.</p>
      )}
    </>
  );
}

const comparisons = [
  { id: 'tuned', label: 'Expected to tuned' },
  { id: 'base', label: 'Expected to base' },
  { id: 'change', label: 'Base to tuned' },
] as const;
type Comparison = (typeof comparisons)[number]['id'];

function Comparing({ item }: { item: EvalItem }) {
  const [chosen, setChosen] = useState<Comparison>('tuned');
  const base = item.base?.text ?? '';
  const tuned = item.tuned?.text ?? '';
  const pair = {
    tuned: { before: item.expectedText, after: tuned },
    base: { before: item.expectedText, after: base },
    change: { before: base, after: tuned },
  }[chosen];
  return (
    <Part title="What differs">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset brings its own frame; this groups toggles. */}
      <div role="group" aria-label="Compare" className="mb-2 flex flex-wrap gap-1.5">
        {comparisons.map(({ id, label }) => (
          <ToggleButton key={id} isSelected={chosen === id} onChange={() => setChosen(id)}>
            {label}
          </ToggleButton>
        ))}
      </div>
      <WordDiff
        {...pair}
        label={comparisons.find((one) => one.id === chosen)?.label ?? ''}
        className="font-mono text-xs leading-5"
      />
    </Part>
  );
}

type GradeRow = EvalItem['grades'][number];

function GradeCell({ grade }: { grade: Grade }) {
  const words = grade.passed === null ? formatScore(grade.score, false) : grade.passed ? 'pass' : 'fail';
  const note = grade.note || (grade.failure ? failureWords(grade.failure) : '');
  return (
    <>
      {words}
      {grade.passed === false && grade.score > 0 && ` (${formatScore(grade.score, false)})`}
      {note && <span className="block text-xs break-words text-muted">{note}</span>}
    </>
  );
}

const gradeColumns: readonly TableColumn<GradeRow>[] = [
  { id: 'grader', header: 'Grader', cell: (row) => row.graderName },
  { id: 'base', header: 'Base', className: 'align-top', cell: (row) => <GradeCell grade={row.base} /> },
  { id: 'tuned', header: 'Tuned', className: 'align-top', cell: (row) => <GradeCell grade={row.tuned} /> },
];

function Whole({ item }: { item: EvalItem }) {
  return (
    <>
      <Part title="Prompt">
        <div className="space-y-3">
          {item.prompt.map((message, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: messages have no id and never change here.
            <Message key={place} message={message} />
          ))}
        </div>
        {item.tools.length > 0 && (
          <p className="mt-2 text-xs text-muted">
            Tools offered: {item.tools.map((tool) => tool.function.name).join(', ')}
          </p>
        )}
      </Part>
      <Part title="Expected">
        <TextWithBadges text={item.expectedText} isMono limit={8000} />
      </Part>
      <Part title="Base" aside={<Mark item={item} side="base" />}>
        <Answer answer={item.base} />
      </Part>
      <Part title="Tuned" aside={<Mark item={item} side="tuned" />}>
        <Answer answer={item.tuned} />
      </Part>
      {item.base?.message && item.tuned?.message && <Comparing item={item} />}
      {item.grades.length > 0 && (
        <Part title="Grades" className="border-b-0">
          <Table
            caption="Grades of this item"
            columns={gradeColumns}
            rows={item.grades}
            rowKey={(row) => row.graderName}
          />
        </Part>
      )}
    </>
  );
}

/** One item beside the grid: what was asked, expected and answered, what differs, and how it was graded. */
export function Item(props: {
  evalId: string;
  position: number;
  itemCount: number;
  onOpen: (position: number) => void;
  onClose: () => void;
}) {
  const { position, itemCount, onOpen, onClose } = props;
  const query = useItem(props.evalId, position);
  return (
    <DetailPane
      title={`Item ${position + 1}`}
      marks={query.data?.outcome && <OutcomeBadge outcome={query.data.outcome} />}
      onClose={onClose}
      actions={
        <>
          <IconButton
            label="Item before"
            icon={<ChevronUp aria-hidden />}
            isDisabled={position === 0}
            onPress={() => onOpen(position - 1)}
          />
          <IconButton
            label="Next item"
            icon={<ChevronDown aria-hidden />}
            isDisabled={position >= itemCount - 1}
            onPress={() => onOpen(position + 1)}
          />
        </>
      }
    >
      <Loaded query={query}>{(item) => <Whole item={item} />}</Loaded>
    </DetailPane>
  );
}
