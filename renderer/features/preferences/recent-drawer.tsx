import { DetailPane } from '../../ui/detail-pane.tsx';
import { formatNumber, formatTime } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { RowButton } from '../../ui/row-button.tsx';
import { verdictText } from './preference-words.tsx';
import { useRecent } from './preferences.queries.ts';
import type { JudgedQueue } from './use-judging.ts';

/** The reviewer's last ten verdicts, each of which can be brought back and changed. */
export function RecentDrawer(props: {
  queue: JudgedQueue;
  shown: number | null;
  onOpen: (pairId: number) => void;
  onClose: () => void;
}) {
  const { setId, reviewer } = props.queue;
  const query = useRecent({ setId, reviewer }, true);
  return (
    <div className="flex w-72 shrink-0 flex-col border-l border-line">
      <DetailPane title="Last ten verdicts" onClose={props.onClose}>
        <Loaded query={query}>
          {(verdicts) =>
            verdicts.length === 0 ? (
              <p className="px-4 py-3 text-sm text-muted">You have not judged anything in this set yet.</p>
            ) : (
              <ol>
                {verdicts.map((one) => (
                  <li key={one.verdictId} className="border-b border-line last:border-0">
                    <RowButton
                      onPress={() => props.onOpen(one.pairId)}
                      className="block w-full px-4 py-2 hover:bg-hover focus-inside"
                    >
                      <span className="flex items-baseline gap-2 text-sm">
                        <span className="font-medium">{verdictText(one)}</span>
                        {one.pairId === props.shown && (
                          <span className="text-xs text-accent-ink">on screen</span>
                        )}
                        <span className="ml-auto text-xs text-muted tabular-nums">
                          {formatTime(one.decidedAt)}
                        </span>
                      </span>
                      <span className="block truncate text-xs text-muted">
                        {formatNumber(one.position)} · {one.prompt}
                      </span>
                    </RowButton>
                  </li>
                ))}
              </ol>
            )
          }
        </Loaded>
      </DetailPane>
    </div>
  );
}
