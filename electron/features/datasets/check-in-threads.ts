import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { MessageChannel } from 'node:worker_threads';
import {
  createCheckGatherer,
  type GatherTools,
  type LongFileCheck,
} from '../../../shared/features/datasets/file-check.ts';
import type { Workers } from '../../core/ports.ts';
import type { CheckInput, NumberedCheck } from './check.job.ts';
import { type CheckFileOptions, gatherToolsOf, partBytes } from './check-file.ts';
import { countParts } from './file-parts.ts';
import { createInbox } from './part-inbox.ts';
import { createPartTurns, newPartTurns } from './part-turns.ts';

const maxThreads = 8;
const partsAhead = 3;

/** Checks a training file of any size in worker threads; the same findings as {@link checkFile}. Throws what fs throws. */
export async function checkInThreads(
  workers: Workers,
  path: string,
  options: Omit<CheckFileOptions, 'countText' | 'readPicture'> & Pick<GatherTools, 'spool'>,
): Promise<LongFileCheck> {
  const { size } = statSync(path);
  const endPart = countParts(size, partBytes);
  const threads = Math.max(1, Math.min(maxThreads, availableParallelism(), endPart));
  const plan = newPartTurns({ partBytes, firstPart: 0, endPart, ahead: threads * partsAhead });
  const turns = createPartTurns(plan);
  const channels = Array.from({ length: threads }, () => new MessageChannel());
  let failure: unknown = null;
  const running = channels.map(({ port1 }) => {
    const { method, rules, model } = options;
    const input: CheckInput = { path, sizeBytes: size, turns: plan, port: port1, method, rules, model };
    return workers.run('datasets.check', input, { transfer: [port1] }).catch((error: unknown) => {
      failure ??= error;
      turns.stop();
    });
  });
  const inbox = createInbox<NumberedCheck>(
    channels.map(({ port2 }) => port2),
    () => failure !== null,
  );
  const gatherer = createCheckGatherer(path, gatherToolsOf(options, size, options.spool));
  try {
    for (let index = 0; index < endPart; index += 1) {
      const { part } = await inbox.take(index);
      turns.take();
      gatherer.add(part);
      options.onProgress?.(Math.min(size, (index + 1) * partBytes), size);
    }
  } catch (error) {
    throw failure ?? error;
  } finally {
    turns.stop();
    await Promise.all(running);
    for (const { port2 } of channels) port2.close();
  }
  return gatherer.finish();
}
