import type { MessagePort } from 'node:worker_threads';
import { cancelled } from './import.job.ts';

/** Parts of a file as threads send them, to be taken in the order of the file. */
export function createInbox<Part extends { readonly index: number }>(
  ports: readonly MessagePort[],
  isCancelled: () => boolean,
) {
  const arrived = new Map<number, { part: Part; from: MessagePort }>();
  let wake: () => void = () => {};
  for (const port of ports) {
    port.on('message', (part: Part) => {
      arrived.set(part.index, { part, from: port });
      wake();
    });
  }
  return {
    /** Waits for a part and says where it came from; throws CANCELLED. */
    async take(index: number): Promise<{ part: Part; from: MessagePort }> {
      for (;;) {
        if (isCancelled()) throw cancelled();
        const found = arrived.get(index);
        if (found) {
          arrived.delete(index);
          return found;
        }
        await new Promise<void>((resolve) => {
          // A reader that fails sends nothing more; the task then cancels this job.
          const look = setTimeout(resolve, 200);
          wake = () => {
            clearTimeout(look);
            resolve();
          };
        });
      }
    },
  };
}
