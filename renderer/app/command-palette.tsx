import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type BoundCommand, useAllCommands } from '../ui/commands.ts';
import { TopModal } from '../ui/dialog.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { useFrame } from './frame-store.ts';
import { PaletteIcon } from './palette-icons.tsx';
import { recentFirst, rememberRun } from './palette-recent.ts';
import { usePaletteRecords } from './palette-records.ts';
import { useUndoTitles } from './undo-titles.ts';

const item =
  'flex min-h-8 cursor-default items-center gap-3 rounded-sm px-2 py-1 text-sm data-[selected=true]:bg-selected';
const group =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted';

/** How many of the last commands stand on top while nothing is typed. */
const recentShown = 4;

/** Groups of the window in this order, after what the open page and the workspace bring. */
const order = ['Go to', 'Workspace', 'Edit', 'View', 'Help'];

function byGroup(commands: readonly BoundCommand[]): [string, BoundCommand[]][] {
  const groups = [...Map.groupBy(commands, (command) => command.group)];
  return groups.sort(([one], [other]) => order.indexOf(one) - order.indexOf(other));
}

function Entry(props: { command: BoundCommand; prefix?: string; onRun: (command: BoundCommand) => void }) {
  const { command, prefix = '' } = props;
  return (
    <Command.Item
      value={`${prefix}${command.id}`}
      keywords={[command.title, command.group]}
      onSelect={() => props.onRun(command)}
      className={item}
    >
      <PaletteIcon command={command} />
      <span className="min-w-0 flex-1 truncate">{command.title}</span>
      {command.keys && <KeyHint keys={command.keys} />}
    </Command.Item>
  );
}

/** Ranks by the words one reads, not by the id behind them. */
function rank(_value: string, search: string, keywords: string[] | undefined): number {
  const text = (keywords ?? []).join(' ').toLowerCase();
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.every((word) => text.includes(word))) return 0;
  const start = text.indexOf(words[0] ?? '');
  return start === 0 ? 1 : text[start - 1] === ' ' ? 0.8 : 0.4;
}

function PaletteBody(props: { onClose: () => void; foot: ReactNode }) {
  const [search, setSearch] = useState('');
  const commands = useUndoTitles(useAllCommands().filter((command) => command.id !== 'view.palette'));
  const records = usePaletteRecords();
  const recent = recentFirst([...commands, ...records], recentShown);
  const onRun = (command: BoundCommand): void => {
    rememberRun(command.id);
    props.onClose();
    // Focus goes back to where it was first; what the command focuses comes after.
    requestAnimationFrame(() => command.run());
  };
  return (
    <Command label="Search or run a command" filter={rank} loop className="flex min-h-0 flex-1 flex-col">
      <div className="flex items-center gap-2 border-b border-line px-4">
        <Search aria-hidden className="size-4 shrink-0 text-muted" />
        <Command.Input
          autoFocus
          value={search}
          onValueChange={setSearch}
          placeholder="Search data sets, jobs, evaluations, pages and commands"
          className="h-11 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-muted"
        />
      </div>
      <Command.List className="min-h-0 flex-1 overflow-auto p-2" label="Results">
        <Command.Empty className="px-2 py-6 text-center text-sm text-muted">
          Nothing fits “{search}”.
        </Command.Empty>
        {search === '' && recent.length > 0 && (
          <Command.Group heading="Recent" className={group}>
            {recent.map((command) => (
              <Entry
                key={`${command.id} ${command.title}`}
                command={command}
                prefix="recent:"
                onRun={onRun}
              />
            ))}
          </Command.Group>
        )}
        {byGroup([...records, ...commands]).map(([heading, entries]) => (
          <Command.Group key={heading} heading={heading} className={group}>
            {entries.map((command) => (
              // The list searches the words an entry had when it came; one with new words comes anew.
              <Entry key={`${command.id} ${command.title}`} command={command} onRun={onRun} />
            ))}
          </Command.Group>
        ))}
      </Command.List>
      {props.foot}
    </Command>
  );
}

/** Everything in one field: pages, commands, and the workspace's own things by name. */
export function CommandPalette() {
  const isOpen = useFrame((frame) => frame.isPaletteOpen);
  const set = useFrame((frame) => frame.set);
  const close = (): void => set({ isPaletteOpen: false });
  return (
    <TopModal label="Search or run a command" isOpen={isOpen} onClose={close}>
      <PaletteBody
        onClose={close}
        foot={
          <p className="flex items-center gap-4 border-t border-line px-4 py-2 text-xs text-muted">
            <span className="flex items-center gap-1.5">
              <KeyHint keys="ArrowUp" />
              <KeyHint keys="ArrowDown" /> choose
            </span>
            <span className="flex items-center gap-1.5">
              <KeyHint keys="Enter" /> run
            </span>
            <span className="flex items-center gap-1.5">
              <KeyHint keys="Escape" /> close
            </span>
          </p>
        }
      />
    </TopModal>
  );
}
