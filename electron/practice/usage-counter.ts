import { BroadcastChannel } from 'node:worker_threads';
import type { SftExample } from '../../shared/features/datasets/datasets.model.ts';
import type { WorkerContext, Workers } from '../core/ports.ts';

/** Tokens of a prompt and its answer, by the platform's rules. */
export type Usage = { promptTokens: number; completionTokens: number };

/** Counts off the main thread: opening a vocabulary alone takes longer than the main thread may be held up. */
export type UsageCounter = {
  count(asked: SftExample, answer: string): Promise<Usage>;
  close(): Promise<void>;
};

/** The platform's token counts: of messages with tools (training and prompts), and of plain text (answers). */
export type PracticeTokens = { example(example: SftExample): number; text(text: string): number };

type Question = { type: 'question'; id: number; asked: SftExample; answer: string };
type Message =
  | Question
  | { type: 'ready' }
  | { type: 'counted'; id: number; usage: Usage }
  | { type: 'close' };

const idleMs = 60_000;
let counters = 0;

/** A counter whose thread (worker job `practice.count`) starts with the first question and ends when nobody asks. */
export function createUsageCounter(workers: Workers): UsageCounter {
  counters += 1;
  const channelName = `lapidary-practice-count-${process.pid}-${counters}`;
  const waiting = new Map<number, { question: Question; settle: PromiseWithResolvers<Usage> }>();
  let asked = 0;
  let running: { channel: BroadcastChannel; ended: Promise<void> } | null = null;

  const start = (): void => {
    const channel = new BroadcastChannel(channelName);
    channel.onmessage = ({ data }: { data: Message }) => {
      if (data.type === 'ready') for (const { question } of waiting.values()) channel.postMessage(question);
      if (data.type !== 'counted') return;
      waiting.get(data.id)?.settle.resolve(data.usage);
      waiting.delete(data.id);
    };
    const run = workers.run<void>('practice.count', { channelName });
    const ended = run.then(
      () => end(channel, null),
      (error: unknown) => end(channel, error),
    );
    running = { channel, ended };
  };
  const end = (channel: BroadcastChannel, error: unknown): void => {
    channel.close();
    running = null;
    if (error === null && waiting.size > 0) start();
    else if (error !== null) for (const { settle } of waiting.values()) settle.reject(error);
  };

  return {
    count(example, answer) {
      asked += 1;
      const question: Question = { type: 'question', id: asked, asked: example, answer };
      const settle = Promise.withResolvers<Usage>();
      waiting.set(asked, { question, settle });
      if (running) running.channel.postMessage(question);
      else start();
      return settle.promise;
    },
    async close() {
      running?.channel.postMessage({ type: 'close' } satisfies Message);
      await running?.ended;
    },
  };
}

/** The worker job `practice.count`: answers questions until it is closed or nobody has asked for a minute. */
export function createCountJob(tokens: PracticeTokens) {
  return async ({ channelName }: { channelName: string }, context: WorkerContext): Promise<void> => {
    const channel = new BroadcastChannel(channelName);
    const done = Promise.withResolvers<void>();
    let idle = setTimeout(done.resolve, idleMs);
    channel.onmessage = ({ data }: { data: Message }) => {
      if (data.type === 'close' || context.isCancelled()) done.resolve();
      if (data.type !== 'question') return;
      clearTimeout(idle);
      idle = setTimeout(done.resolve, idleMs);
      const usage = { promptTokens: tokens.example(data.asked), completionTokens: tokens.text(data.answer) };
      channel.postMessage({ type: 'counted', id: data.id, usage } satisfies Message);
    };
    channel.postMessage({ type: 'ready' } satisfies Message);
    await done.promise;
    clearTimeout(idle);
    channel.close();
  };
}
