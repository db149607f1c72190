import { createByteCounter } from '../../../shared/tokens/byte-counter.ts';
import { expandClasses } from '../../../shared/tokens/character-classes.ts';
import type {
  CountBytes,
  CountText,
  Encoding,
  TextCounters,
  TextReader,
} from '../../../shared/tokens/encodings.ts';
import { hashBytes } from '../../../shared/tokens/text-hash.ts';
import { TextSketch } from '../../../shared/tokens/text-sketch.ts';
import { unpackTables } from '../../../shared/tokens/token-tables.ts';
import { readKernel, readPackedTables } from './token-files.ts';
import { openKernel, type TokenKernel } from './token-kernel.ts';
import type { WasmModule } from './web-assembly.ts';

/** One vocabulary, opened. */
type Engine = { readonly text: CountText; readonly bytes: CountBytes; reader(): TextReader };

/**
 * The counters of this thread: the compiled kernel, or its plain twin where `findModule` has none. Counts are exact and
 * linear in the length of the text; special tokens in it are plain text. Opens no vocabulary (about 60 ms and 45 MB)
 * until one is asked for; `free` gives the memory back.
 */
export function createTokenCounters(findModule: () => WasmModule | null = readKernel): TextCounters {
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
    reader: (encoding) => engine(encoding).reader(),
    free: () => engines.clear(),
  };
}

function openKernelEngine(encoding: Encoding, module: WasmModule): Engine {
  const kernel = openKernel({ module, encoding, tables: readPackedTables(encoding) });
  return {
    text: (text) => kernel.count(kernel.writeText(text)),
    bytes: (bytes, start, end) => kernel.count(kernel.writeBytes(bytes, start, end)),
    reader: () => createKernelReader(kernel),
  };
}

function createKernelReader(kernel: TokenKernel): TextReader {
  let size = 0;
  return {
    take(text) {
      size = kernel.writeText(text);
      return size;
    },
    takeBytes(bytes, start, end) {
      size = kernel.writeBytes(bytes, start, end);
      return size;
    },
    tokens: () => kernel.count(size),
    hash(into, at) {
      into[at] = kernel.hash(size);
      into[at + 1] = kernel.hashHigh();
    },
    beginSketch: () => kernel.beginSketch(),
    addToSketch: () => kernel.addToSketch(size),
    endSketch: (into, at) => kernel.endSketch(into, at),
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
    reader: () => createTwinReader(count, new TextSketch(expandClasses(tables.classRuns))),
  };
}

function createTwinReader(count: CountBytes, sketch: TextSketch): TextReader {
  let taken: Uint8Array = new Uint8Array(0);
  return {
    take(text) {
      taken = Buffer.from(text);
      return taken.length;
    },
    takeBytes(bytes, start, end) {
      taken = bytes.slice(start, end);
      return taken.length;
    },
    tokens: () => count(taken, 0, taken.length),
    hash: (into, at) => hashBytes(taken, { start: 0, end: taken.length }, { into, at }),
    beginSketch: () => sketch.begin(),
    addToSketch: () => sketch.add(taken, 0, taken.length),
    endSketch: (into, at) => sketch.end(into, at),
  };
}
