import type { MessagePort } from 'node:worker_threads';
import { cancelled } from './import.job.ts';

/** Parts of a file as threads send them, to be taken in the order of the file. */
export function createInbox<Part extends { readonly index: number }>(
  ports: readonly MessagePort[],
  isCancelled: () => boolean,
) {
  const arrived = new Map<number, Part>();
  let wake: () => void = () => {};
  for (const port of ports) {
    port.on('message', (part: Part) => {
      arrived.set(part.index, part);
      wake();
    });
  }
  return {
    /** Waits for a part; throws CANCELLED. */
    async take(index: number): Promise<Part> {
      for (;;) {
        if (isCancelled()) throw cancelled();
        const part = arrived.get(index);
        if (part) {
          arrived.delete(index);
          return part;
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
