import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';

/** Memory for parts of a file: of at least so many bytes, shared with nothing else, its content anything. */
export type TakeBuffer = (minBytes: number) => ArrayBuffer;

/** Sizes are rounded up to this, so that a buffer fits the next part too. */
const stepBytes = 64 * 1024;
/** Buffers of giant lines are not kept. */
const keptBytes = 4 * 1024 * 1024;

/**
 * Buffers that go to another thread and come back from it over `port`. Were they made anew for every part, those sent
 * would wait for that thread's garbage collector, which does not see how much memory hangs on them.
 */
export function createBufferPool(port: MessagePort): TakeBuffer {
  const spare: ArrayBuffer[] = [];
  return (minBytes) => {
    for (let back = receiveMessageOnPort(port); back; back = receiveMessageOnPort(port)) {
      spare.push(...(back.message as ArrayBuffer[]));
    }
    // Not one much too large: it would be missing where it is needed.
    const found = spare.findIndex(
      ({ byteLength }) => byteLength >= minBytes && byteLength <= 2 * minBytes + stepBytes,
    );
    const [taken] = found < 0 ? [] : spare.splice(found, 1);
    return taken ?? new ArrayBuffer(Math.ceil(minBytes / stepBytes) * stepBytes);
  };
}

/** Sends buffers back to the thread whose pool they came from. */
export function giveBack(port: MessagePort, buffers: readonly ArrayBuffer[]): void {
  const kept = buffers.filter(({ byteLength }) => byteLength <= keptBytes);
  port.postMessage(kept, kept);
}
