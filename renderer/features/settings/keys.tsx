import { RotateCcw, X } from 'lucide-react';
import { type KeyboardEvent as ReactKeyboardEvent, useMemo, useState } from 'react';
import { keysOf, windowCommands } from '../../../shared/features/settings/commands.ts';
import { type JudgingCommand, judgingCommands } from '../../../shared/features/settings/judging-commands.ts';
import { keysOfPage, pageCommands } from '../../../shared/features/settings/page-commands.ts';
import type { Keymap } from '../../../shared/features/settings/settings.model.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Switch } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { KeyHint, keyText } from '../../ui/key-hint.tsx';
import { SearchField } from '../../ui/text-field.tsx';
import { chordOf, conflictsOf } from '../../ui/key-chords.ts';
import { useChangeSettings, useSettings } from './settings.queries.ts';

const isMac = /mac/i.test(navigator.platform);
/** A command in the list: one of the window, of a page, or of the judging panel. */
type Entry = { readonly id: string; readonly title: string; readonly group: string };

const judgingGroups = {
  both: 'While the judging panel has focus',
  pairs: 'The same, with pairs',
  ratings: 'The same, with single answers',
} as const satisfies Record<JudgingCommand['judges'], string>;

const entries: readonly Entry[] = [
  ...windowCommands.map(({ id, title }) => ({ id, title, group: 'Everywhere' })),
  ...pageCommands,
  ...judgingCommands.map(({ id, title, judges }) => ({ id, title, group: judgingGroups[judges] })),
];
const groups = Map.groupBy(entries, ({ group }) => group);
const titleOf = (id: string): string => entries.find((entry) => entry.id === id)?.title ?? id;

const judging: readonly JudgingCommand[] = judgingCommands;
const judgesOf = (id: string): JudgingCommand['judges'] | null =>
  judging.find((command) => command.id === id)?.judges ?? null;

/** Whether two commands act in the same place, so that they may not have the same keys. */
function areRivals(one: string, other: string): boolean {
  const [a, b] = [judgesOf(one), judgesOf(other)];
  if (a === null || b === null) return a === b;
  return a === b || a === 'both' || b === 'both';
}

/** Listens for the next key press and says whom it would belong to otherwise. */
function RecordDialog(props: {
  command: Entry;
  bound: readonly { id: string; keys: string | null }[];
  onSave: (keys: string) => void;
  onClose: () => void;
}) {
  const [keys, setKeys] = useState<string | null>(null);
  const conflicts = keys ? conflictsOf(keys, props.command.id, props.bound) : [];
  const listen = (event: ReactKeyboardEvent): void => {
    // Tab and Escape must go on to work, or one could not leave this dialog by keyboard.
    if (event.key === 'Tab' || event.key === 'Escape') return;
    const chord = chordOf(event.nativeEvent, isMac);
    event.preventDefault();
    event.stopPropagation();
    if (chord) setKeys(chord);
  };
  return (
    <Dialog
      title={`Keys for “${props.command.title}”`}
      isOpen
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button variant="primary" isDisabled={keys === null} onPress={() => keys && props.onSave(keys)}>
            {conflicts.length > 0 ? 'Take the keys over' : 'Use these keys'}
          </Button>
        </>
      }
    >
      <input
        aria-label="The new keys"
        placeholder="Press the new keys"
        readOnly
        value={keys ? keyText(keys) : ''}
        // The dialog was opened to press keys: they must arrive here at once.
        ref={(field) => field?.focus()}
        onKeyDown={listen}
        className="h-16 w-full rounded-md border border-control bg-sunken text-center text-lg placeholder:text-muted"
      />
      <p role="status" className="mt-2 min-h-5 text-sm text-muted">
        {conflicts.length > 0 && `“${conflicts.map(titleOf).join('”, “')}” has these keys and loses them.`}
      </p>
    </Dialog>
  );
}

/** One command with its keys, and what can be done about them. */
function KeyRow(props: {
  command: Entry;
  keymap: Keymap;
  keys: string | null;
  onChange: () => void;
  onKeys: (keys: string | null | undefined) => void;
}) {
  const { command, keymap, keys } = props;
  const isChanged = keymap[command.id] !== undefined;
  return (
    <li className="flex min-h-9 items-center gap-3 border-b border-line text-sm last:border-0">
      <span className="min-w-0 flex-1 truncate">{command.title}</span>
      {keys ? <KeyHint keys={keys} /> : <span className="text-xs text-muted">none</span>}
      <span className="flex w-36 shrink-0 items-center justify-end gap-0.5">
        {isChanged && (
          <IconButton
            label={`Default keys for ${command.title}`}
            icon={<RotateCcw aria-hidden />}
            onPress={() => props.onKeys(undefined)}
          />
        )}
        {keys && (
          <IconButton
            label={`No keys for ${command.title}`}
            icon={<X aria-hidden />}
            onPress={() => props.onKeys(null)}
          />
        )}
        <Button
          size="compact"
          variant="quiet"
          onPress={props.onChange}
          aria-label={`Change the keys for ${command.title}`}
        >
          Change
        </Button>
      </span>
    </li>
  );
}

/** All commands of the window with their keys, searchable; single letters can be switched off altogether. */
export function Keys() {
  const settings = useSettings();
  const change = useChangeSettings();
  const [search, setSearch] = useState('');
  const [recording, setRecording] = useState<Entry | null>(null);
  const { keymap } = settings;
  const bound = useMemo(
    () => [
      ...windowCommands.map((command) => ({ id: command.id, keys: keysOf(command, keymap) })),
      ...pageCommands.map(({ id }) => ({ id, keys: keysOfPage(id, keymap) })),
      ...judgingCommands.map((command) => ({ id: command.id, keys: keysOf(command, keymap) })),
    ],
    [keymap],
  );
  const rivalsOf = (id: string) => bound.filter((one) => areRivals(one.id, id));
  const found = [...groups]
    .map(([group, all]) => ({
      group,
      commands: all.filter(({ title }) => title.toLowerCase().includes(search.toLowerCase())),
    }))
    .filter(({ commands }) => commands.length > 0);
  const setKeys = (id: string, keys: string | null | undefined): void => {
    const { [id]: _old, ...others } = keymap;
    const lost = keys
      ? Object.fromEntries(conflictsOf(keys, id, rivalsOf(id)).map((loser) => [loser, null]))
      : {};
    change({ keymap: { ...others, ...lost, ...(keys === undefined ? {} : { [id]: keys }) } });
  };
  return (
    <div className="space-y-4">
      <Switch
        isSelected={settings.singleKeys}
        onChange={(singleKeys) => change({ singleKeys })}
        description="Such as A for approve, or G then D for Datasets. Off, only combinations with Ctrl, Command or Alt act."
      >
        Single letters act
      </Switch>
      <SearchField label="Find a command" value={search} onChange={setSearch} className="max-w-72" />
      {found.length === 0 ? (
        <p className="text-sm text-muted">No command is called that.</p>
      ) : (
        found.map(({ group, commands }) => (
          <section key={group} aria-label={group}>
            <h3 className="mb-1 text-xs text-muted">{group}</h3>
            <ul className="rounded-md border border-line px-4">
              {commands.map((command) => (
                <KeyRow
                  key={command.id}
                  command={command}
                  keymap={keymap}
                  keys={bound.find(({ id }) => id === command.id)?.keys ?? null}
                  onChange={() => setRecording(command)}
                  onKeys={(keys) => setKeys(command.id, keys)}
                />
              ))}
            </ul>
          </section>
        ))
      )}
      {recording && (
        <RecordDialog
          command={recording}
          bound={rivalsOf(recording.id)}
          onClose={() => setRecording(null)}
          onSave={(keys) => {
            setKeys(recording.id, keys);
            setRecording(null);
          }}
        />
      )}
    </div>
  );
}
