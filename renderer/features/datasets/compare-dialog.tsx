import { Dialog } from '../../ui/dialog.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { WordDiff } from '../../ui/word-diff.tsx';
import { type ShownMessage, shownMessages } from './chat.ts';
import { useExample } from './datasets.queries.ts';

/** A message as one text: what is said, then the calls. */
function textOf(message: ShownMessage | undefined): string {
  if (!message) return '';
  const parts = message.parts.map((part) =>
    part.kind === 'text' ? part.text : part.kind === 'image' ? '[picture]' : part.json,
  );
  return [...parts, ...message.calls.map(({ name, args }) => `${name}(${args})`)].join('\n');
}

/** Two examples side by side, message by message; the right column marks what differs, by words. */
export function CompareDialog(props: { first: number; second: number; onClose: () => void }) {
  const first = useExample(props.first);
  const second = useExample(props.second);
  return (
    <Dialog title="Compare two examples" width="large" isOpen onClose={props.onClose}>
      <Loaded query={first}>
        {(left) => (
          <Loaded query={second}>
            {(right) => {
              const [a, b] = [shownMessages(left.value), shownMessages(right.value)];
              const rows = Array.from({ length: Math.max(a.length, b.length) }, (_, index) => index);
              return (
                <table className="w-full table-fixed border-collapse text-left align-top">
                  <thead className="text-xs text-muted">
                    <tr>
                      <th scope="col" className="w-24 py-1.5 font-medium">
                        Message
                      </th>
                      <th scope="col" className="py-1.5 pr-3 font-medium">
                        Example {formatNumber(left.row.position)}
                      </th>
                      <th scope="col" className="py-1.5 font-medium">
                        Example {formatNumber(right.row.position)}, with what differs
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((index) => (
                      <tr key={index} className="border-t border-line align-top">
                        <th scope="row" className="py-2 pr-2 text-xs font-medium text-muted">
                          {a[index]?.role ?? b[index]?.role}
                          {a[index] && b[index] && a[index].role !== b[index].role
                            ? ` → ${b[index].role}`
                            : ''}
                        </th>
                        <td className="py-2 pr-3 text-sm break-words whitespace-pre-wrap">
                          {textOf(a[index])}
                        </td>
                        <td className="py-2">
                          <WordDiff
                            label={`Message ${index + 1}`}
                            before={textOf(a[index])}
                            after={textOf(b[index])}
                            className="text-sm"
                          />
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              );
            }}
          </Loaded>
        )}
      </Loaded>
    </Dialog>
  );
}
