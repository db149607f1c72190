import { Filter } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { choice, type Reason, workState } from '../../../shared/features/preferences/preferences.model.ts';
import { Chip } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { SearchField } from '../../ui/text-field.tsx';
import { choiceWords, stateWords } from './preference-words.tsx';
import { useReasons } from './preferences.queries.ts';
import {
  isQueueFiltered,
  noQueueFilter,
  type QueuePatch,
  type QueueState,
  withToggled,
} from './queue-state.ts';

type Change = (patch: QueuePatch) => void;

function entriesOf(state: QueueState, onChange: Change, reasons: readonly Reason[]): MenuEntry[] {
  const flag = (key: 'flagged' | 'disputed' | 'mine', label: string): MenuEntry => ({
    id: key,
    label,
    isChecked: state[key],
    run: () => onChange({ [key]: !state[key] }),
  });
  return [
    { id: 'state', heading: 'My state' },
    ...workState.options.map((one) => ({
      id: one,
      label: stateWords[one],
      isChecked: state.states.includes(one),
      run: () => onChange({ states: withToggled(state.states, one) }),
    })),
    { id: 'marks', heading: 'Marks' },
    flag('flagged', 'Flagged'),
    flag('disputed', 'Disputed'),
    flag('mine', 'Assigned to me'),
    { id: 'line', separator: true },
    {
      id: 'choices',
      label: 'Verdict',
      entries: choice.options.map((one) => ({
        id: one,
        label: choiceWords[one],
        isChecked: state.choices.includes(one),
        run: () => onChange({ choices: withToggled(state.choices, one) }),
      })),
    },
    {
      id: 'reasons',
      label: 'Reason',
      entries: reasons.map(({ code, label }) => ({
        id: code,
        label,
        isChecked: state.reasons.includes(code),
        run: () => onChange({ reasons: withToggled(state.reasons, code) }),
      })),
    },
  ];
}

type ChipOf = { id: string; text: string; remove: QueuePatch };

function chipsOf(state: QueueState, reasons: readonly Reason[]): ChipOf[] {
  const labelOf = (code: string): string => reasons.find((one) => one.code === code)?.label ?? code;
  return [
    ...state.states.map((one) => ({
      id: one,
      text: stateWords[one],
      remove: { states: withToggled(state.states, one) },
    })),
    ...state.choices.map((one) => ({
      id: one,
      text: choiceWords[one],
      remove: { choices: withToggled(state.choices, one) },
    })),
    ...state.reasons.map((one) => ({
      id: one,
      text: `Reason: ${labelOf(one)}`,
      remove: { reasons: withToggled(state.reasons, one) },
    })),
    ...(state.flagged ? [{ id: 'flagged', text: 'Flagged', remove: { flagged: false } }] : []),
    ...(state.disputed ? [{ id: 'disputed', text: 'Disputed', remove: { disputed: false } }] : []),
    ...(state.mine ? [{ id: 'mine', text: 'Assigned to me', remove: { mine: false } }] : []),
    ...(state.pairs === null
      ? []
      : [{ id: 'pairs', text: formatCount(state.pairs.length, 'chosen pair'), remove: { pairs: null } }]),
  ];
}

const typingPauseMs = 150;

/** What is typed reaches the address after a short pause, so that every keystroke is not a step of its own. */
function useTyped(text: string, onText: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = setTimeout(() => onText(typed), typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed, text, onText]);
  return [typed, setTyped];
}

/** Search, filters as chips, how much is shown of how much, and what can be done with what is shown. */
export function QueueBar(props: {
  state: QueueState;
  onChange: Change;
  shown: number | undefined;
  total: number;
  children: ReactNode;
}) {
  const { state, onChange } = props;
  const reasons = useReasons().data ?? [];
  const [typed, setTyped] = useTyped(state.text, (text) => onChange({ text }));
  return (
    <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-1.5">
      <SearchField
        label="Search in the pairs"
        placeholder="Search"
        value={typed}
        onChange={setTyped}
        className="w-64"
      />
      <Menu label="Filter" entries={entriesOf(state, onChange, reasons)} minWidth={200}>
        <Button size="compact" icon={<Filter aria-hidden />}>
          Filter
        </Button>
      </Menu>
      {chipsOf(state, reasons).map(({ id, text, remove }) => (
        <Chip key={id} removeLabel={`Remove filter ${text}`} onRemove={() => onChange(remove)}>
          {text}
        </Chip>
      ))}
      {isQueueFiltered(state) && (
        <Button size="compact" variant="quiet" onPress={() => onChange(noQueueFilter)}>
          Show all
        </Button>
      )}
      <span role="status" className="ml-auto text-sm text-muted tabular-nums">
        {isQueueFiltered(state)
          ? `${formatNumber(props.shown ?? 0)} of ${formatNumber(props.total)}`
          : formatCount(props.total, 'pair')}
      </span>
      {props.children}
    </div>
  );
}
