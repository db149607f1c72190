import { Filter } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import type { Facets } from '../../../shared/features/datasets/datasets.model.ts';
import { titleOfFinding } from '../../../shared/features/datasets/mark-codes.ts';
import { Chip } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { SearchField } from '../../ui/text-field.tsx';
import { chipsOf, chipText } from './filter-words.ts';
import { isFiltered, noFilter, toggled, type ViewPatch, type ViewState } from './view-state.ts';

const typingPauseMs = 120;

/** What is typed reaches the address after a short pause, so that every keystroke is not a step of its own. */
function useTyped(text: string, onText: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (typed === text) return;
    const timer = setTimeout(() => onText(typed), typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed, text, onText]);
  return [typed, setTyped];
}

function entriesOf(
  facets: Facets | undefined,
  state: ViewState,
  onChange: (patch: ViewPatch) => void,
): MenuEntry[] {
  const severities = (['error', 'warning', 'info'] as const).map((severity) => ({
    id: `severity ${severity}`,
    label: severity === 'info' ? 'With notes' : `With ${severity}s`,
    isChecked: state.severities.includes(severity),
    run: () => onChange({ severities: toggled(state.severities, severity) }),
  }));
  const codes = (facets?.findings ?? []).map(({ code, examples }) => ({
    id: `code ${code}`,
    label: `${titleOfFinding(code)} (${formatNumber(examples)})`,
    isChecked: state.codes.includes(code),
    run: () => onChange({ codes: toggled(state.codes, code) }),
  }));
  const tags = (facets?.tags ?? []).map(({ name, count }) => ({
    id: `tag ${name}`,
    label: `${name} (${formatNumber(count)})`,
    isChecked: state.tags.includes(name),
    run: () => onChange({ tags: toggled(state.tags, name) }),
  }));
  return [
    { id: 'severity', heading: 'Severity' },
    ...severities,
    {
      id: 'edited',
      label: 'Edited',
      isChecked: state.edited === true,
      run: () => onChange({ edited: state.edited === true ? null : true }),
    },
    ...(codes.length > 0 ? [{ id: 'findings', heading: 'Finding' }, ...codes] : []),
    ...(tags.length > 0 ? [{ id: 'tags', heading: 'Tag' }, ...tags] : []),
  ];
}

/** Search, the filters as chips, and how much is shown of how much. */
export function FilterBar(props: {
  state: ViewState;
  onChange: (patch: ViewPatch) => void;
  facets: Facets | undefined;
  shown: number;
  total: number;
  searchRef: RefObject<HTMLInputElement | null>;
}) {
  const { state, onChange } = props;
  const [typed, setTyped] = useTyped(state.text, (text) => onChange({ text }));
  const chips = chipsOf(state);
  return (
    <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-1.5">
      <SearchField
        label="Search in the examples"
        placeholder="Search"
        value={typed}
        onChange={setTyped}
        // The hint and the cross that empties the field share one place.
        keys={typed === '' ? '/' : undefined}
        inputRef={props.searchRef}
        className="w-64"
      />
      <Menu label="Filter" entries={entriesOf(props.facets, state, onChange)} minWidth={260}>
        <Button size="compact" icon={<Filter aria-hidden />}>
          Filter
        </Button>
      </Menu>
      {chips.map((chip) => (
        <Chip
          key={chip.id}
          removeLabel={`Remove filter ${chipText(chip)}`}
          onRemove={() => onChange(chip.remove)}
        >
          {chipText(chip)}
        </Chip>
      ))}
      {isFiltered(state) && (
        <Button size="compact" variant="quiet" onPress={() => onChange(noFilter)}>
          Show all
        </Button>
      )}
      <span role="status" className="ml-auto text-sm text-muted tabular-nums">
        {isFiltered(state)
          ? `${formatNumber(props.shown)} of ${formatNumber(props.total)}`
          : `${formatNumber(props.total)} examples`}
      </span>
    </div>
  );
}
