import { ArrowLeft, Flag, History, Keyboard, Settings2 } from 'lucide-react';
import type { PreferenceSet } from '../../../shared/features/preferences/preferences.model.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, ToggleButton } from '../../ui/button.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Progress } from '../../ui/progress.tsx';
import type { JudgingKeys } from './judging-keys.ts';
import type { JudgingState } from './judging-stage.ts';
import { useJudgingView } from './judging-view.ts';
import { useProgressAtStart } from './preferences.queries.ts';
import { paceText } from './pace-words.ts';
import type { JudgedQueue } from './use-judging.ts';

function ViewMenu() {
  const { isStacked, isRaw, areLengthsShown, goesOn, set } = useJudgingView();
  return (
    <Menu
      label="View"
      placement="bottom end"
      minWidth={260}
      entries={[
        { id: 'side', label: 'Side by side', isChecked: !isStacked, run: () => set({ isStacked: false }) },
        {
          id: 'stacked',
          label: 'One under the other',
          isChecked: isStacked,
          run: () => set({ isStacked: true }),
        },
        { id: 'line', separator: true },
        { id: 'raw', label: 'Raw text', isChecked: isRaw, run: () => set({ isRaw: !isRaw }) },
        {
          id: 'lengths',
          label: 'Length and tokens',
          detail: 'Seeing them sways judgments.',
          isChecked: areLengthsShown,
          run: () => set({ areLengthsShown: !areLengthsShown }),
        },
        {
          id: 'goes on',
          label: 'Go on with the choice',
          detail: 'Off, a verdict waits for “Save and next”.',
          isChecked: goesOn,
          run: () => set({ goesOn: !goesOn }),
        },
      ]}
    >
      <Button size="compact" variant="quiet" icon={<Settings2 aria-hidden />}>
        View
      </Button>
    </Menu>
  );
}

/** Where one is in the queue and how fast, in one thin line; the way out, the view, the last verdicts. */
export function JudgingHead(props: {
  set: PreferenceSet;
  queue: JudgedQueue;
  state: JudgingState;
  keys: JudgingKeys;
  isRecentShown: boolean;
  onRecent: () => void;
  onFocusPanel: () => void;
}) {
  const { set, queue, state, keys } = props;
  const { pair, times, gained } = state;
  const start = useProgressAtStart(queue.setId, queue.reviewer).data;
  const isPart = queue.filter !== null;
  const done = (start?.decided ?? 0) + gained;
  const due = start?.due ?? set.pairs;
  const pace = paceText(times, isPart ? 0 : Math.max(0, due - done));
  const recentKeys = keys.of('judge.recent');
  return (
    <header className="shrink-0">
      <div className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-1">
        <h1 className="min-w-0 text-sm font-semibold">
          <Link
            href={`/preferences/${set.setId}`}
            tone="quiet"
            className="inline-flex max-w-72 items-center gap-1.5"
          >
            <ArrowLeft aria-hidden className="size-4 shrink-0" />
            <span className="truncate">{set.name}</span>
          </Link>
        </h1>
        {queue.role === 'adjudicator' && <Badge tone="amber">adjudicating</Badge>}
        {pair?.isFlagged && (
          <Badge tone="amber" icon={<Flag aria-hidden />}>
            flagged
          </Badge>
        )}
        {pair?.verdict && <Badge>judged before</Badge>}
        {pair?.draft && !pair.verdict && <Badge>draft</Badge>}
        <p className="ml-auto text-xs text-muted tabular-nums">
          {isPart ? `${formatNumber(gained)} judged now` : `${formatNumber(done)} of ${formatNumber(due)}`}
          {pace !== '' && ` · ${pace}`}
        </p>
        <Button
          size="compact"
          icon={<Keyboard aria-hidden />}
          onPress={props.onFocusPanel}
          className="border-amber-line bg-amber-soft group-focus-within/panel:hidden"
        >
          Keys act in here only: go back
        </Button>
        <span className="flex items-center gap-1">
          <ToggleButton
            isSelected={props.isRecentShown}
            onChange={props.onRecent}
            icon={<History aria-hidden />}
            keys={recentKeys ?? undefined}
          >
            Last ten
          </ToggleButton>
          <ViewMenu />
        </span>
      </div>
      {!isPart && (
        <Progress
          label={`${set.name}: judged by you`}
          isLabelHidden
          done={done}
          total={due}
          className="gap-0"
        />
      )}
    </header>
  );
}
