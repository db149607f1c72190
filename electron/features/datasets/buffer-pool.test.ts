import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { createBufferPool, giveBack } from './buffer-pool.ts';

const { port1: reader, port2: writer } = new MessageChannel();
const take = createBufferPool(reader);

/** The buffer as another thread gets it. */
function moved(buffer: ArrayBuffer): ArrayBuffer {
  return structuredClone(buffer, { transfer: [buffer] });
}

test('a buffer that came back is taken again, also for a little less', () => {
  const first = take(1_000_000);
  expect(first.byteLength).toBeGreaterThanOrEqual(1_000_000);
  const mark = new Uint8Array(first);
  mark[7] = 77;
  giveBack(writer, [moved(first)]);
  const again = take(990_000);
  expect(new Uint8Array(again)[7]).toBe(77);
  // It is away now: the next one is another.
  expect(new Uint8Array(take(990_000))[7]).toBe(0);
});

test('a buffer much too large for what is wanted waits for what needs it', () => {
  const large = take(2_000_000);
  new Uint8Array(large)[7] = 78;
  giveBack(writer, [moved(large)]);
  expect(new Uint8Array(take(100_000))[7]).toBe(0);
  expect(new Uint8Array(take(2_000_000))[7]).toBe(78);
});

test('the buffer of a giant line is let go', () => {
  const giant = take(20_000_000);
  new Uint8Array(giant)[7] = 79;
  giveBack(writer, [moved(giant)]);
  expect(new Uint8Array(take(20_000_000))[7]).toBe(0);
});
