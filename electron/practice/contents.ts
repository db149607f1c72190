import { ApiError } from './api-error.ts';
import { chunkBytes, insertChunk, readChunks } from './files.sql.ts';
import type { PracticeStore } from './runner.ts';

const newline = 10;
const isBlank = (byte: number): boolean => byte === 32 || byte === 9 || byte === 13;

/** Counts lines that hold anything, over bytes that come in pieces. */
export class LineCounter {
  #lines = 0;
  #isFilled = false;

  add(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === newline) this.#endLine();
      else if (!isBlank(byte)) this.#isFilled = true;
    }
  }

  #endLine(): void {
    if (this.#isFilled) this.#lines += 1;
    this.#isFilled = false;
  }

  /** Lines so far; a last line without its newline counts. */
  count(): number {
    return this.#lines + (this.#isFilled ? 1 : 0);
  }
}

/**
 * Stores a content as it arrives, in pieces of 512 KiB with one short transaction each; answers its size and lines.
 * Throws a 413 beyond `largestBytes`; what is stored by then has no owner and is swept away at the next start.
 */
export async function storeContent(
  store: PracticeStore,
  ownerId: string,
  from: { pieces: AsyncIterable<Uint8Array>; largestBytes: number },
): Promise<{ size: number; lines: number }> {
  const counter = new LineCounter();
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let size = 0;
  let seq = 0;
  const flush = async (): Promise<void> => {
    const content = Buffer.concat(held);
    const number = seq;
    held = [];
    heldBytes = 0;
    seq += 1;
    await store.write((db) => insertChunk(db, ownerId, { seq: number, content }));
    await turn();
  };
  for await (const piece of from.pieces) {
    size += piece.length;
    if (size > from.largestBytes) throw tooLarge(from.largestBytes);
    // A body in memory may come as one piece.
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + chunkBytes - heldBytes);
      counter.add(part);
      held.push(part);
      heldBytes += part.length;
      at += part.length;
      if (heldBytes === chunkBytes) await flush();
    }
  }
  if (heldBytes > 0) await flush();
  return { size, lines: counter.count() };
}

function tooLarge(largestBytes: number): ApiError {
  const most = Math.floor(largestBytes / 1024 / 1024);
  return new ApiError(413, `The content is too large. The maximum size is ${most} MB.`);
}

/** Lets timers and other requests have their turn: a body in memory comes without ever waiting. */
function turn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

/** The pieces of several contents one after the other, letting other work have its turn in between. */
export async function* chunksInTurns(
  store: PracticeStore,
  ownerIds: readonly string[],
): AsyncGenerator<Uint8Array, void, void> {
  for (const ownerId of ownerIds) {
    for (const chunk of readChunks(store.db, ownerId)) {
      yield chunk;
      await turn();
    }
  }
}
