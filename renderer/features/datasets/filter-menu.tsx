import { Filter } from 'lucide-react';
import { useState } from 'react';
import type { Facets } from '../../../shared/features/datasets/datasets.model.ts';
import type { FilterLists } from '../../../shared/features/datasets/filter.model.ts';
import { titleOfFinding } from '../../../shared/features/datasets/mark-codes.ts';
import {
  provenanceKeys,
  provenanceValue,
  provenanceValueWords,
} from '../../../shared/features/datasets/provenance-words.ts';
import type { ImportRecord } from '../../../shared/features/imports/provenance.model.ts';
import type { NameFacets } from '../../../shared/features/datasets/review.rules.ts';
import { filterRoles } from '../../../shared/features/datasets/text-changes.ts';
import { Button } from '../../ui/button.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { useFilterNames, useProvenance } from './datasets.queries.ts';
import { listWords } from './filter-words.ts';
import { PatternDialog } from './pattern-dialog.tsx';
import { type ListKey, toggled, type ViewPatch, type ViewState } from './view-state.ts';

type TextKey = Exclude<ListKey, 'patterns'>;
type Choice = { value: string; label: string };

const plain = (value: string): Choice => ({ value, label: value });
const counted = ({ name, count }: { name: string; count: number }): Choice => ({
  value: name,
  label: `${name} (${formatNumber(count)})`,
});

/** Values are checked by the address when they are read back, so a list takes any text here. */
function togglePatch(state: ViewState, key: TextKey, value: string): ViewPatch {
  const values: readonly string[] = state[key];
  return { [key]: toggled(values, value) } as Partial<FilterLists>;
}

function entriesOf(
  given: {
    facets: Facets | undefined;
    names: NameFacets | undefined;
    imports: readonly ImportRecord[];
    askPattern: () => void;
  },
  state: ViewState,
  onChange: (patch: ViewPatch) => void,
): MenuEntry[] {
  const { facets, names, imports } = given;
  const known = provenanceKeys.flatMap((key) => imports.map((one) => provenanceValue(key, one)));
  const origins = [...new Set(known)].map((value) => ({ value, label: provenanceValueWords(value) }));
  const list = (key: TextKey, choices: readonly Choice[]): MenuEntry[] =>
    choices.map(({ value, label }) => ({
      id: `${key} ${value}`,
      label,
      isChecked: (state[key] as readonly string[]).includes(value),
      run: () => onChange(togglePatch(state, key, value)),
    }));
  const deeper = (key: TextKey, title: string, choices: readonly Choice[]): MenuEntry[] =>
    choices.length === 0 ? [] : [{ id: listWords[key], label: title, entries: list(key, choices) }];
  const codes = (facets?.findings ?? []).map(({ code, examples }) => ({
    value: code,
    label: `${titleOfFinding(code)} (${formatNumber(examples)})`,
  }));
  return [
    { id: 'pattern', label: 'Text or pattern…', run: given.askPattern },
    ...deeper('statuses', 'Status', ['draft', 'approved', 'rejected'].map(plain)),
    ...deeper('splits', 'Split', ['train', 'validation', 'test', 'unassigned'].map(plain)),
    ...deeper('tags', 'Tag', (facets?.tags ?? []).map(counted)),
    ...deeper('labels', 'Label', (facets?.labels ?? []).map(counted)),
    // They are counted while the menu is open; which there can be is known.
    ...deeper('roles', 'Role', names ? names.roles.map(counted) : filterRoles.map(plain)),
    ...deeper('tools', 'Tool', (names?.tools ?? []).map(counted)),
    ...deeper('reviewers', 'Reviewer', (names?.reviewers ?? []).map(counted)),
    ...deeper('provenance', 'Provenance', origins),
    ...deeper('comments', 'Comment', ['open', 'resolved'].map(plain)),
    {
      id: 'edited',
      label: 'Edited',
      isChecked: state.edited === true,
      run: () => onChange({ edited: state.edited === true ? null : true }),
    },
    { id: 'severity', heading: 'Severity' },
    ...list('severities', [
      { value: 'error', label: 'With errors' },
      { value: 'warning', label: 'With warnings' },
      { value: 'info', label: 'With notes' },
    ]),
    ...(codes.length > 0 ? [{ id: 'findings', heading: 'Finding' }, ...list('codes', codes)] : []),
  ];
}

/** Every way to narrow the list down, as one menu. */
export function FilterMenu(props: {
  datasetId: string;
  state: ViewState;
  onChange: (patch: ViewPatch) => void;
  facets: Facets | undefined;
}) {
  const { state, onChange, facets } = props;
  const [isAsking, setAsking] = useState(false);
  const names = useFilterNames(props.datasetId).data;
  const imports = useProvenance(props.datasetId).data ?? [];
  const entries = entriesOf({ facets, names, imports, askPattern: () => setAsking(true) }, state, onChange);
  return (
    <>
      <Menu label="Filter" entries={entries} minWidth={260}>
        <Button size="compact" icon={<Filter aria-hidden />}>
          Filter
        </Button>
      </Menu>
      <PatternDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onAdd={(pattern) => onChange({ patterns: [...state.patterns, pattern].slice(-4) })}
      />
    </>
  );
}
