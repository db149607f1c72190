import { expect, test } from 'vitest';
import type {
  JudgingPair,
  PairVerdict,
  VerdictInput,
} from '../../../shared/features/preferences/preferences.model.ts';
import { noVerdict } from '../../../shared/features/preferences/verdict.rules.ts';
import { createJudgingSession } from './judging-session.ts';
import type { JudgingPorts } from './judging-stage.ts';

type Core = {
  readonly verdicts: Map<number, VerdictInput>;
  readonly drafts: Map<number, VerdictInput | null>;
  readonly asked: string[];
  /** Verdicts wait here until let go. */
  hold: Promise<void> | null;
  taken: number[];
  clock: number;
};

const answer = (candidateId: number) => ({
  candidateId,
  message: { role: 'assistant' as const, content: `answer ${candidateId}` },
  characters: 8,
  tokens: 2,
  source: null,
});

function verdictOf(pairId: number, given: VerdictInput): PairVerdict {
  const who = { reviewer: 'me', role: 'reviewer' as const, isBlind: true, origin: 'window' as const };
  return { ...given, ...who, verdictId: pairId * 100, pairId, elapsedMs: 0, decidedAt: 0 };
}

/** A core of `count` pairs that behaves as the contract says. */
function createPorts(count: number): { ports: JudgingPorts; core: Core } {
  const core: Core = { verdicts: new Map(), drafts: new Map(), asked: [], hold: null, taken: [], clock: 0 };
  const pairAt = (pairId: number): JudgingPair => {
    const given = core.verdicts.get(pairId);
    return {
      pairId,
      position: pairId,
      prompt: { messages: [{ role: 'user', content: `question ${pairId}` }] },
      a: answer(pairId * 2),
      b: answer(pairId * 2 + 1),
      state: given ? 'decided' : 'pending',
      isFlagged: false,
      draft: core.drafts.get(pairId) ?? null,
      verdict: given ? verdictOf(pairId, given) : null,
      others: [],
    };
  };
  const open = (): number[] =>
    Array.from({ length: count }, (_, at) => at + 1).filter((id) => !core.verdicts.has(id));
  const ports: JudgingPorts = {
    async ahead(after, limit) {
      core.asked.push(`ahead ${after}`);
      const all = open();
      return [...all.filter((id) => id > after), ...all.filter((id) => id <= after)]
        .slice(0, limit)
        .map(pairAt);
    },
    pair: async (pairId) => pairAt(pairId),
    async decide({ pairId, verdict, replaces }) {
      await core.hold;
      const held = core.verdicts.get(pairId);
      if ((held ? pairId * 100 : null) !== replaces) {
        const data = { what: 'Judged in another window.', todo: 'Look at it.', retry: 'never' };
        throw Object.assign(new Error('late'), { code: 'ALREADY_DECIDED', data });
      }
      core.verdicts.set(pairId, verdict);
      core.taken.push(pairId);
      return verdictOf(pairId, verdict);
    },
    skip: async (pairId) => core.asked.push(`skip ${pairId}`),
    flag: async (pairId, isFlagged) => core.asked.push(`flag ${pairId} ${isFlagged}`),
    async saveDraft(pairId, draft) {
      core.drafts.set(pairId, draft);
    },
    async takeBack() {
      const pairId = core.taken.pop() ?? null;
      if (pairId !== null) core.verdicts.delete(pairId);
      return { pairId };
    },
    now: () => (core.clock += 1500),
    prepare: () => {},
  };
  return { ports, core };
}

async function begin(count: number) {
  const { ports, core } = createPorts(count);
  const session = createJudgingSession(ports, 'pairs');
  await session.start(null);
  const shown = (): number | null => session.store.getState().pair?.pairId ?? null;
  return { session, core, shown };
}

test('every pair comes once, in order, until the end', async () => {
  const { session, core, shown } = await begin(12);
  for (let pairId = 1; pairId <= 12; pairId += 1) {
    expect(shown()).toBe(pairId);
    await session.choose('a', true);
  }
  expect(session.store.getState()).toMatchObject({ phase: 'end', pair: null, gained: 12 });
  expect(session.store.getState().times).toEqual(Array(12).fill(1500));
  expect([...core.verdicts.keys()]).toHaveLength(12);
});

test('the next pair comes only when the verdict is durable, and a second press meanwhile judges nothing', async () => {
  const { session, core, shown } = await begin(3);
  const gate = Promise.withResolvers<void>();
  core.hold = gate.promise;
  const saving = session.choose('a', true);
  await session.choose('b', true);
  expect(shown()).toBe(1);
  expect(core.verdicts.size).toBe(0);
  gate.resolve();
  await saving;
  expect(shown()).toBe(2);
  expect([...core.verdicts.keys()]).toEqual([1]);
});

test('a quicker window: its verdict is shown, nothing is overwritten, and it can be changed knowingly', async () => {
  const { session, core, shown } = await begin(3);
  core.verdicts.set(1, { ...noVerdict, choice: 'b' });
  await session.choose('a', true);
  const state = session.store.getState();
  expect(shown()).toBe(1);
  expect(state.notice).toContain('another window');
  expect(state.work.choice).toBe('b');
  expect(core.verdicts.get(1)?.choice).toBe('b');
  await session.choose('tie', true);
  expect(core.verdicts.get(1)?.choice).toBe('tie');
  expect(shown()).toBe(2);
});

test('taking back shows the pair again and keeps the one that was on screen next in line', async () => {
  const { session, core, shown } = await begin(5);
  await session.choose('a', true);
  await session.choose('a', true);
  expect(shown()).toBe(3);
  await session.takeBack();
  expect(shown()).toBe(2);
  expect(session.store.getState().gained).toBe(1);
  await session.choose('b', true);
  expect(shown()).toBe(3);
  core.taken = [];
  await session.takeBack();
  expect(session.store.getState().notice).toContain('no verdict of yours');
});

test('what is not ready is kept when the screen is left, and comes back with the pair', async () => {
  const { session, core } = await begin(3);
  session.note('hm');
  session.reason('tone');
  await session.leave();
  expect(core.drafts.get(1)).toMatchObject({ note: 'hm', reasons: ['tone'] });
  await session.skip();
  await session.open(1);
  expect(session.store.getState().work).toMatchObject({ note: 'hm', reasons: ['tone'] });
});

test('a verdict that makes no sense is not sent', async () => {
  const { session, core, shown } = await begin(2);
  await session.save();
  expect(session.store.getState().notice).toContain('which answer is better');
  expect(core.verdicts.size).toBe(0);
  expect(shown()).toBe(1);
});

test('a part of the queue that stays matched after a verdict comes to an end', async () => {
  const { ports, core } = createPorts(4);
  const all = createPorts(4);
  const session = createJudgingSession(
    { ...ports, ahead: (after, limit) => all.ports.ahead(after, limit) },
    'pairs',
  );
  await session.start(null);
  for (let at = 0; at < 4; at += 1) await session.choose('a', true);
  expect(session.store.getState().phase).toBe('end');
  expect(core.verdicts.size).toBe(4);
});
