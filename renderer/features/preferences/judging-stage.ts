import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  JudgingPair,
  PairVerdict,
  VerdictInput,
} from '../../../shared/features/preferences/preferences.model.ts';
import { noVerdict } from '../../../shared/features/preferences/verdict.rules.ts';
import { failureText } from '../../ui/failure.ts';
import { newPairs, workOf } from './judging-work.ts';

/** What a session asks of the core. */
export type JudgingPorts = {
  /** The next pairs behind a place of the queue. */
  ahead(after: number, limit: number): Promise<JudgingPair[]>;
  pair(pairId: number): Promise<JudgingPair>;
  decide(of: {
    pairId: number;
    verdict: VerdictInput;
    replaces: number | null;
    elapsedMs: number;
  }): Promise<PairVerdict>;
  skip(pairId: number): Promise<unknown>;
  flag(pairId: number, isFlagged: boolean): Promise<unknown>;
  saveDraft(pairId: number, draft: VerdictInput | null): Promise<unknown>;
  takeBack(): Promise<{ pairId: number | null }>;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Pairs that will be shown soon. */
  prepare(pairs: readonly JudgingPair[]): void;
};

/** What the judging screen shows. */
export type JudgingState = {
  readonly phase: 'loading' | 'judging' | 'end' | 'failed';
  readonly pair: JudgingPair | null;
  readonly work: VerdictInput;
  readonly isSaving: boolean;
  /** What went wrong with the last deed, or what has to be known of this pair. */
  readonly notice: string | null;
  readonly error: unknown;
  /** Times of the verdicts of this session in milliseconds, oldest first. */
  readonly times: readonly number[];
  /** Verdicts given less those taken back. */
  readonly gained: number;
};

/** Pairs that are kept loaded behind the one on screen. */
const keptAhead = 3;

const firstState: JudgingState = {
  phase: 'loading',
  pair: null,
  work: noVerdict,
  isSaving: false,
  notice: null,
  error: null,
  times: [],
  gained: 0,
};

/** What is on screen, what waits behind it, and how one goes on; see the session for what can be done. */
export function createJudgingStage(ports: JudgingPorts) {
  const store = createStore<JudgingState>(() => firstState);
  const queue = createWaiting(ports, store);
  const drafts = createDrafts(ports, store);
  let shownAt = 0;
  const show = (pair: JudgingPair | null, notice: string | null = null): void => {
    shownAt = ports.now();
    const phase = pair ? 'judging' : 'end';
    store.setState({ phase, pair, work: pair ? workOf(pair) : noVerdict, notice, error: null });
  };
  return {
    store,
    queue,
    drafts,
    show,
    /** Milliseconds since the pair came on screen. */
    elapsedMs: (): number => Math.max(0, Math.round(ports.now() - shownAt)),
    async advance(): Promise<void> {
      const after = store.getState().pair?.position ?? 0;
      show(queue.take() ?? (await queue.read(after)));
      queue.fill();
    },
    async open(pairId: number): Promise<void> {
      await drafts.keep();
      const { pair } = store.getState();
      const found = await ports.pair(pairId);
      if (pair && pair.pairId !== pairId && !pair.verdict) queue.putBack(pair);
      queue.drop(pairId);
      show(found);
    },
    /** Does one thing at a time; what fails is told on the screen and changes nothing there. */
    async act(deed: () => Promise<void>): Promise<void> {
      if (store.getState().isSaving) return;
      store.setState({ isSaving: true, notice: null });
      try {
        await deed();
      } catch (error) {
        store.setState({ notice: failureText(error) });
      } finally {
        store.setState({ isSaving: false });
      }
    },
    edit(changed: (work: VerdictInput) => VerdictInput): void {
      store.setState({ work: changed(store.getState().work), notice: null });
    },
  };
}

export type JudgingStage = ReturnType<typeof createJudgingStage>;

type Store = StoreApi<JudgingState>;

/** The pairs behind the one on screen. */
function createWaiting(ports: JudgingPorts, store: Store) {
  const done = new Set<number>();
  let waiting: JudgingPair[] = [];
  let filling: Promise<void> | null = null;
  const ask = async (after: number): Promise<void> => {
    // One more than is kept for the pair on screen, which still counts as open, and those asked for in between.
    const given = await ports.ahead(after, Math.min(10, keptAhead + waiting.length + 2));
    const shown = store.getState().pair?.pairId ?? null;
    waiting = [...waiting, ...newPairs(given, { shown, waiting, done })].slice(0, keptAhead + 1);
    ports.prepare(waiting);
  };
  const fill = (): void => {
    if (filling || waiting.length >= keptAhead || store.getState().phase !== 'judging') return;
    const after = waiting.at(-1)?.position ?? store.getState().pair?.position ?? 0;
    filling = ask(after)
      // The next look for a pair asks again, and tells what is wrong.
      .catch(() => {})
      .finally(() => {
        filling = null;
      });
  };
  return {
    fill,
    take(): JudgingPair | null {
      return waiting.shift() ?? null;
    },
    /** Waits for the next pair; null at the end of the queue. */
    async read(after: number): Promise<JudgingPair | null> {
      await filling;
      if (waiting.length === 0) await ask(after);
      return waiting.shift() ?? null;
    },
    putBack(pair: JudgingPair): void {
      waiting = [pair, ...waiting];
    },
    drop(pairId: number): void {
      waiting = waiting.filter((one) => one.pairId !== pairId);
      done.delete(pairId);
    },
    done: (pairId: number): unknown => done.add(pairId),
  };
}

const typingPauseMs = 800;

/** What is said of a pair without being decided: kept after a pause, and when it is left. */
function createDrafts(ports: JudgingPorts, store: Store) {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const forget = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const write = async (): Promise<void> => {
    forget();
    const { pair, work } = store.getState();
    if (pair) await ports.saveDraft(pair.pairId, work);
  };
  return {
    forget,
    later(): void {
      forget();
      timer = setTimeout(() => {
        // A draft that could not be kept is still on screen; the verdict itself tells what is wrong.
        write().catch(() => {});
      }, typingPauseMs);
    },
    keep: (): Promise<void> => (timer === null ? Promise.resolve() : write()),
  };
}
