import { X } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { Facets } from '../../../shared/features/datasets/datasets.model.ts';
import { Button, ToggleButton } from '../../ui/button.tsx';
import { formatNumber } from '../../ui/format.ts';
import { SearchField } from '../../ui/text-field.tsx';
import { FilterMenu } from './filter-menu.tsx';
import { chipsOf, chipText, type FilterChip } from './filter-words.ts';
import { SavedViews } from './saved-views.tsx';
import { isFiltered, noFilter, type ViewPatch, type ViewState } from './view-state.ts';

const typingPauseMs = 120;
const tooManyToRank = ', too many to rank: in the order of the file';

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

/** One part of the filter in three: what, how (press for the opposite), which; and its cross. */
function ChipView({ chip, onChange }: { chip: FilterChip; onChange: (patch: ViewPatch) => void }) {
  const { flip } = chip;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields.
    <span
      role="group"
      aria-label={`Filter ${chipText(chip)}`}
      className="inline-flex h-6 max-w-96 shrink-0 items-stretch divide-x divide-line-strong overflow-hidden rounded-sm border border-line-strong bg-surface text-xs"
    >
      <span className="flex items-center bg-sunken px-1.5 text-muted">{chip.word}</span>
      {flip ? (
        <AriaButton
          aria-label={`${chip.relation}: press for the opposite`}
          onPress={() => onChange(flip)}
          className="px-1.5 text-muted hover:bg-hover focus-inside"
        >
          {chip.relation}
        </AriaButton>
      ) : null}
      <span className="flex min-w-0 items-center px-1.5 font-medium">
        <span className="truncate">{chip.value}</span>
      </span>
      <AriaButton
        aria-label={`Remove filter ${chipText(chip)}`}
        onPress={() => onChange(chip.remove)}
        className="flex w-6 shrink-0 items-center justify-center text-muted hover:bg-hover focus-inside"
      >
        <X aria-hidden className="size-3" />
      </AriaButton>
    </span>
  );
}

/** Search, the filters as chips, saved views, and how much is shown of how much. */
export function FilterBar(props: {
  datasetId: string;
  state: ViewState;
  onChange: (patch: ViewPatch) => void;
  facets: Facets | undefined;
  shown: number;
  /** False while it is counted how many are shown. */
  isCounted: boolean;
  /** False where too much was found for the best to come first. */
  isRanked: boolean;
  total: number;
  searchRef: RefObject<HTMLInputElement | null>;
}) {
  const { state, onChange, datasetId } = props;
  const [typed, setTyped] = useTyped(state.text, (text) => onChange({ text }));
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
      {state.text.trim() !== '' && (
        <ToggleButton
          isSelected={state.by === 'relevance'}
          onChange={(isOn) => onChange({ by: isOn ? 'relevance' : 'position', down: false })}
        >
          Best match first
        </ToggleButton>
      )}
      <FilterMenu datasetId={datasetId} state={state} onChange={onChange} facets={props.facets} />
      <SavedViews datasetId={datasetId} state={state} onChange={onChange} />
      {chipsOf(state).map((chip) => (
        <ChipView key={chip.id} chip={chip} onChange={onChange} />
      ))}
      {isFiltered(state) && (
        <Button size="compact" variant="quiet" onPress={() => onChange(noFilter)}>
          Show all
        </Button>
      )}
      <span role="status" className="ml-auto text-sm text-muted tabular-nums">
        {isFiltered(state)
          ? `${props.isCounted ? formatNumber(props.shown) : '…'} of ${formatNumber(props.total)}${props.isRanked || props.shown === 0 ? '' : tooManyToRank}`
          : `${formatNumber(props.total)} examples`}
      </span>
    </div>
  );
}
