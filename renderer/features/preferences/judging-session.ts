import type {
  AnswerMessage,
  Choice,
  JudgingPair,
  PreferenceKind,
} from '../../../shared/features/preferences/preferences.model.ts';
import { verdictProblem } from '../../../shared/features/preferences/verdict.rules.ts';
import { describeFailure, failureText } from '../../ui/failure.ts';
import { createJudgingStage, type JudgingPorts, type JudgingStage } from './judging-stage.ts';
import { withChoice, withNextStrength, withReason } from './judging-work.ts';

/**
 * Judging one queue: the pair on screen, what is said of it so far, and the next ones already loaded. The next pair comes on
 * screen when the core has answered that the verdict is durable, and not before.
 */
export function createJudgingSession(ports: JudgingPorts, kind: PreferenceKind) {
  const stage = createJudgingStage(ports);
  const { store, queue } = stage;
  return {
    store,
    /** Shows the first pair, or the one that is asked for. */
    async start(pairId: number | null): Promise<void> {
      try {
        stage.show(pairId === null ? await queue.read(0) : await ports.pair(pairId));
        queue.fill();
      } catch (error) {
        store.setState({ phase: 'failed', error });
      }
    },
    ...createVerdicts(stage, ports, kind),
    ...createWords(stage),
    ...createDeeds(stage, ports),
    /** Says something of the pair on screen. */
    tell: (notice: string): void => store.setState({ notice }),
    /** Brings a pair back on screen to be looked at and changed. */
    open: (pairId: number): Promise<void> => stage.act(() => stage.open(pairId)),
    /** Keeps what was said so far; call when the screen is left. */
    leave: (): Promise<void> => stage.drafts.keep(),
  };
}

/** See {@link createJudgingSession}. */
export type JudgingSession = ReturnType<typeof createJudgingSession>;

function createVerdicts(stage: JudgingStage, ports: JudgingPorts, kind: PreferenceKind) {
  const { store, queue, drafts } = stage;
  /** Gives the verdict; false when another window was quicker, whose verdict is then shown. */
  const decide = async (pair: JudgingPair, elapsedMs: number): Promise<boolean> => {
    const { work: verdict } = store.getState();
    try {
      await ports.decide({
        pairId: pair.pairId,
        verdict,
        replaces: pair.verdict?.verdictId ?? null,
        elapsedMs,
      });
      return true;
    } catch (error) {
      if (describeFailure(error).code !== 'ALREADY_DECIDED') throw error;
      stage.show(await ports.pair(pair.pairId), failureText(error));
      if (!pair.verdict) store.setState({ gained: store.getState().gained + 1 });
      return false;
    }
  };
  const save = (): Promise<void> =>
    stage.act(async () => {
      const { pair, work } = store.getState();
      if (!pair) return;
      const problem = verdictProblem(kind, work);
      if (problem !== null) {
        store.setState({ notice: problem });
        return;
      }
      drafts.forget();
      const elapsedMs = stage.elapsedMs();
      if (!(await decide(pair, elapsedMs))) return;
      queue.done(pair.pairId);
      const { times, gained } = store.getState();
      store.setState({ times: [...times, elapsedMs], gained: gained + (pair.verdict ? 0 : 1) });
      await stage.advance();
    });
  return {
    save,
    /** Says which answer is better; with `saves` that is the verdict. */
    async choose(choice: Choice, saves: boolean): Promise<void> {
      stage.edit((work) => withChoice(work, choice));
      if (saves) await save();
    },
    /** Gives stars; with `saves` that is the verdict. */
    async rate(rating: number, saves: boolean): Promise<void> {
      stage.edit((work) => ({ ...work, rating }));
      if (saves) await save();
    },
  };
}

function createWords(stage: JudgingStage) {
  return {
    strengthen(): void {
      stage.edit(withNextStrength);
      stage.drafts.later();
    },
    reason(code: string): void {
      stage.edit((work) => withReason(work, code));
      stage.drafts.later();
    },
    note(note: string): void {
      stage.edit((work) => ({ ...work, note: note.slice(0, 4000) }));
      stage.drafts.later();
    },
    ideal(ideal: AnswerMessage | null): void {
      stage.edit((work) => ({ ...work, ideal }));
      stage.drafts.later();
    },
  };
}

function createDeeds(stage: JudgingStage, ports: JudgingPorts) {
  const { store, queue, drafts } = stage;
  const withPair = (deed: (pair: JudgingPair) => Promise<void>): Promise<void> =>
    stage.act(async () => {
      const { pair } = store.getState();
      if (pair) await deed(pair);
    });
  return {
    skip: (): Promise<void> =>
      withPair(async ({ pairId }) => {
        await drafts.keep();
        await ports.skip(pairId);
        queue.done(pairId);
        await stage.advance();
      }),
    /** Goes on without saying anything of this pair. */
    pass: (): Promise<void> =>
      withPair(async ({ pairId }) => {
        queue.done(pairId);
        await stage.advance();
      }),
    flag: (): Promise<void> =>
      withPair(async (pair) => {
        await ports.flag(pair.pairId, !pair.isFlagged);
        store.setState({ pair: { ...pair, isFlagged: !pair.isFlagged } });
      }),
    /** Takes the newest verdict back and shows its pair. */
    takeBack: (): Promise<void> =>
      stage.act(async () => {
        await drafts.keep();
        const { pairId } = await ports.takeBack();
        if (pairId === null) {
          store.setState({ notice: 'There is no verdict of yours to take back.' });
          return;
        }
        await stage.open(pairId);
        // Taking a change back brings the verdict before it back, and the pair stays judged.
        const { times, gained, pair } = store.getState();
        store.setState({ times: times.slice(0, -1), gained: gained - (pair?.verdict ? 0 : 1) });
      }),
  };
}
