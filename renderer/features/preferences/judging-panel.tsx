import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { PreferenceSet } from '../../../shared/features/preferences/preferences.model.ts';
import { chordOf } from '../../ui/key-chords.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Answers } from './answers.tsx';
import { JudgingHead } from './judging-head.tsx';
import { judgingKeys } from './judging-keys.ts';
import { useJudgingView } from './judging-view.ts';
import { OtherVerdicts } from './other-verdicts.tsx';
import { useKeySettings } from './preferences.queries.ts';
import { QueueEnd } from './queue-end.tsx';
import { RecentDrawer } from './recent-drawer.tsx';
import { type JudgedQueue, useJudging } from './use-judging.ts';
import { type PanelState, runsOf } from './panel-runs.ts';
import { VerdictBar } from './verdict-bar.tsx';

const isMac = /mac/i.test(navigator.platform);
const typing = 'input, textarea, select, [contenteditable="true"]';

const closedPanel: PanelState = {
  isDiffShown: false,
  isEditing: false,
  isAskedToEdit: false,
  areReasonsShown: false,
  isNoteShown: false,
  isRecentShown: false,
};

/** The judging screen: whoever has focus in here judges by keys, and no other key of the window acts meanwhile. */
export function JudgingPanel({ set, queue }: { set: PreferenceSet; queue: JudgedQueue }) {
  const { session, state } = useJudging(queue);
  const [open, setOpen] = useState<PanelState>(closedPanel);
  const patch = useCallback((change: Partial<PanelState>) => setOpen((old) => ({ ...old, ...change })), []);
  const view = useJudgingView();
  const { keymap, singleKeys } = useKeySettings();
  const keys = useMemo(() => judgingKeys(set.kind, keymap, singleKeys), [set.kind, keymap, singleKeys]);
  const panel = useRef<HTMLElement>(null);
  const pairId = state.pair?.pairId ?? null;
  const focusPanel = (): void => panel.current?.focus({ preventScroll: true });

  const arrival = `${state.phase} ${pairId}`;
  const last = useRef('');
  useEffect(() => {
    if (last.current === arrival) return;
    last.current = arrival;
    // A new pair: what was open for the last one closes, and keys act at once, unless a button of the panel has focus.
    setOpen((old) => ({ ...closedPanel, isRecentShown: old.isRecentShown }));
    const active = document.activeElement;
    const isHere = active !== null && panel.current?.contains(active) === true;
    if (!isHere || active.matches(typing)) panel.current?.focus({ preventScroll: true });
  }, [arrival]);

  const runs = runsOf({ session, state, open, patch, goesOn: view.goesOn, focusPanel });
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = event.target instanceof Element ? event.target : null;
    // Menus of this panel lie elsewhere in the window and have keys of their own.
    if (event.defaultPrevented || !target || panel.current?.contains(target) !== true) return;
    if (event.key === 'Escape') {
      patch({
        isEditing: false,
        isAskedToEdit: false,
        areReasonsShown: false,
        isNoteShown: false,
        isDiffShown: false,
      });
      focusPanel();
      return;
    }
    const chord = chordOf(event.nativeEvent, isMac);
    const id = chord === null ? null : keys.commandOf(chord);
    if (id === null || (target.matches(typing) && id !== 'judge.save')) return;
    event.preventDefault();
    event.stopPropagation();
    // A key held down is one press: it must not judge a hundred pairs.
    if (!event.repeat) runs[id]();
  };

  if (state.phase === 'failed') {
    return <ErrorState error={state.error} onRetry={() => void session.start(queue.pairId)} />;
  }
  const { pair } = state;
  const unit = set.kind === 'pairs' ? 'Pair' : 'Answer';
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-label="Judging"
      onKeyDown={onKeyDown}
      className="group/panel flex min-h-0 flex-1 flex-col outline-none"
    >
      <JudgingHead
        set={set}
        queue={queue}
        state={state}
        keys={keys}
        isRecentShown={open.isRecentShown}
        onRecent={runs['judge.recent']}
        onFocusPanel={focusPanel}
      />
      <p role="status" className="sr-only">
        {pair ? `${unit} ${formatNumber(pair.position)}${pair.isFlagged ? ', flagged' : ''}` : ''}
      </p>
      <div className="flex min-h-0 flex-1">
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          {state.phase === 'loading' && <Skeleton rows={8} label="Loading the next pair" />}
          {state.phase === 'end' && (
            <QueueEnd set={set} queue={queue} gained={state.gained} onBack={runs['judge.back']} keys={keys} />
          )}
          {pair && (
            <>
              <Answers
                key={pair.pairId}
                pair={pair}
                work={state.work}
                isDiffShown={open.isDiffShown}
                isEditing={open.isEditing}
                onIdeal={(ideal) => session.ideal(ideal)}
              />
              {queue.role === 'adjudicator' && <OtherVerdicts pair={pair} />}
              <VerdictBar
                kind={set.kind}
                pair={pair}
                state={state}
                open={open}
                keys={keys}
                runs={runs}
                goesOn={view.goesOn}
                onReason={(code) => session.reason(code)}
                onNote={(note) => session.note(note)}
                onPass={() => void session.pass()}
              />
            </>
          )}
        </div>
        {open.isRecentShown && (
          <RecentDrawer
            queue={queue}
            shown={pairId}
            onOpen={(id) => void session.open(id)}
            onClose={() => {
              patch({ isRecentShown: false });
              focusPanel();
            }}
          />
        )}
      </div>
    </section>
  );
}
