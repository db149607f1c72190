import type { PlainLines } from '../../../shared/features/datasets/plain-lines.ts';
import { createByteCounter } from '../../../shared/tokens/byte-counter.ts';
import type { CountBytes, CountText, Encoding, TextCounters } from '../../../shared/tokens/encodings.ts';
import { unpackTables } from '../../../shared/tokens/token-tables.ts';
import { readKernel, readPackedTables } from './token-files.ts';
import { openKernel } from './token-kernel.ts';
import type { WasmModule } from './web-assembly.ts';

/** One vocabulary, opened. */
type Engine = { readonly text: CountText; readonly bytes: CountBytes; readonly plain: PlainLines | null };

/** Counters, and the reader of plain lines, which shares their memory: null where there is no compiled kernel. */
export type TokenCounters = TextCounters & { plainLines(encoding: Encoding): PlainLines | null };

/**
 * The counters of this thread: the compiled kernel, or its plain twin where `findModule` has none. Counts are exact and
 * linear in the length of the text; special tokens in it are plain text. Opens no vocabulary (about 60 ms and 45 MB)
 * until one is asked for; `free` gives the memory back.
 */
export function createTokenCounters(findModule: () => WasmModule | null = readKernel): TokenCounters {
  const engines = new Map<Encoding, Engine>();
  const engine = (encoding: Encoding): Engine => {
    const known = engines.get(encoding);
    if (known) return known;
    const module = findModule();
    const opened = module === null ? openTwinEngine(encoding) : openKernelEngine(encoding, module);
    engines.set(encoding, opened);
    return opened;
  };
  return {
    counter: (encoding) => (text) => engine(encoding).text(text),
    byteCounter: (encoding) => (bytes, start, end) => engine(encoding).bytes(bytes, start, end),
    plainLines: (encoding) => engine(encoding).plain,
    free: () => engines.clear(),
  };
}

function openKernelEngine(encoding: Encoding, module: WasmModule): Engine {
  const kernel = openKernel({ module, encoding, tables: readPackedTables(encoding) });
  return {
    text: (text) => kernel.count(kernel.writeText(text)),
    bytes: (bytes, start, end) => kernel.count(kernel.writeBytes(bytes, start, end)),
    plain: kernel.plain,
  };
}

function openTwinEngine(encoding: Encoding): Engine {
  const tables = unpackTables(readPackedTables(encoding));
  const count = createByteCounter(tables, encoding);
  return {
    text(text) {
      const bytes = Buffer.from(text);
      return count(bytes, 0, bytes.length);
    },
    bytes: count,
    plain: null,
  };
}
