import { useAllCommands } from '../ui/commands.ts';
import { Dialog } from '../ui/dialog.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { useFrame } from './frame-store.ts';

/** Every key that does something here and now. */
export function KeySheet() {
  const isOpen = useFrame((frame) => frame.areKeysShown);
  const set = useFrame((frame) => frame.set);
  const commands = useAllCommands().filter((command) => command.keys);
  const groups = [...Map.groupBy(commands, (command) => command.group)];
  return (
    <Dialog
      title="Keyboard shortcuts"
      width="large"
      isOpen={isOpen}
      onClose={() => set({ areKeysShown: false })}
    >
      <div className="columns-1 gap-10 pt-2 sm:columns-2 lg:columns-3">
        {groups.map(([group, entries]) => (
          <section key={group} className="mb-6 break-inside-avoid">
            <h3 className="mb-1 text-xs text-muted">{group}</h3>
            <dl>
              {entries.map((command) => (
                <div
                  key={command.id}
                  className="flex min-h-7 items-center justify-between gap-4 border-b border-line text-sm"
                >
                  <dt className="min-w-0 truncate">{command.title}</dt>
                  <dd>{command.keys && <KeyHint keys={command.keys} isRead />}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
