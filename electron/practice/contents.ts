import { chunkBytes, insertChunk, readChunks } from './files.sql.ts';
import type { PracticeStore } from './runner.ts';

const newline = 10;
const isBlank = (byte: number): boolean => byte === 32 || byte === 9 || byte === 13;

/** Counts lines that hold anything, over bytes that come in pieces. */
export class LineCounter {
  #lines = 0;
  #isFilled = false;

  add(bytes: Uint8Array): void {
    for (const byte of bytes) {
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

/** Stores a content piece by piece, one short transaction each; answers its size and lines. */
export async function storeContent(
  store: PracticeStore,
  ownerId: string,
  blob: Blob,
): Promise<{ size: number; lines: number }> {
  const counter = new LineCounter();
  let seq = 0;
  for (let at = 0; at < blob.size; at += chunkBytes) {
    const content = new Uint8Array(await blob.slice(at, at + chunkBytes).arrayBuffer());
    counter.add(content);
    const number = seq;
    await store.write((db) => insertChunk(db, ownerId, { seq: number, content }));
    seq += 1;
  }
  return { size: blob.size, lines: counter.count() };
}

/** The pieces of several contents one after the other, letting other work have its turn in between. */
export async function* chunksInTurns(
  store: PracticeStore,
  ownerIds: readonly string[],
): AsyncGenerator<Uint8Array, void, void> {
  for (const ownerId of ownerIds) {
    for (const chunk of readChunks(store.db, ownerId)) {
      yield chunk;
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }
}
