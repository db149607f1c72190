import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import type { ExampleMethod } from '../../../shared/features/formats/formats.model.ts';
import type { Recipe } from '../../../shared/features/imports/imports.model.ts';
import type { ImportRecord } from '../../../shared/features/imports/provenance.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { WorkerContext } from '../../core/ports.ts';
import { sealSpool } from '../../core/spool-cipher.ts';
import { sourceHash } from './source-hash.ts';
import { type ConvertParts, convertRows, type Converted } from './convert-rows.ts';
import type { ImportFile } from './batch-inputs.ts';

export type ConvertInput = {
  readonly files: readonly ImportFile[];
  readonly recipe: Recipe;
  /** Where the lines of JSON go: the example of source line n stands in line n, other lines are empty. */
  readonly spool: string;
  /** Where rows that were set aside go, one JSON object a line. */
  readonly aside: string;
  /** What the two are encrypted with. */
  readonly spoolKey: string;
  readonly asideKey: string;
};
export type ConvertResult = {
  readonly examples: number;
  readonly setAside: number;
  readonly lastLine: number;
  readonly method: ExampleMethod | null;
  readonly files: ImportRecord['files'];
};
export type AsideLine = { line: number; byteOffset: number; code: string; message: string; raw: string };

const cancelLookMs = 100;
const pieceCharacters = 1024 * 1024;

/** Turns the files of an import into a spool that the ordinary import reads. Job `imports.convert`. */
export function createConvertJob(parts: ConvertParts) {
  return async (input: ConvertInput, context: WorkerContext): Promise<ConvertResult> => {
    const sizes = await Promise.all(input.files.map(async ({ path }) => (await stat(path)).size));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const bases: number[] = [];
    const stop = new AbortController();
    // A reader that hangs yields no batch after which one could ask.
    const asking = setInterval(() => {
      if (context.isCancelled()) stop.abort(cancelled());
    }, cancelLookMs);
    const spool = createSpool(input.spool, input.spoolKey);
    const aside = createSpool(input.aside, input.asideKey);
    const counts = { examples: 0, setAside: 0, lastLine: 0 };
    let method: ExampleMethod | null = null;
    let done = 0;
    const listen = {
      signal: stop.signal,
      onFile(file: ImportFile, lineBase: number) {
        bases[input.files.indexOf(file)] = lineBase;
      },
      onBytes(index: number, read: number) {
        done = sizes.slice(0, index).reduce((sum, size) => sum + size, 0) + read;
        context.progress({ done, total, message: '' });
      },
    };
    try {
      for await (const batch of convertRows(input, parts, listen)) {
        if (context.isCancelled()) throw cancelled();
        for (const one of batch) {
          counts.lastLine = Math.max(counts.lastLine, one.line);
          if (one.kind === 'example') {
            method ??= one.method;
            counts.examples += 1;
            spool.line(one.text, one.line);
          } else {
            counts.setAside += 1;
            aside.line(asideText(one, input.files.length > 1));
          }
        }
        await spool.turn();
        await aside.turn();
      }
      await spool.end();
      await aside.end();
    } finally {
      clearInterval(asking);
      stop.abort();
      spool.destroy();
      aside.destroy();
    }
    return { ...counts, method, files: await filesOf(input, sizes, bases) };
  };
}

function filesOf(
  { files }: ConvertInput,
  sizes: readonly number[],
  bases: readonly number[],
): Promise<ConvertResult['files']> {
  return Promise.all(
    files.map(async ({ path, name }, index) => ({
      name,
      sha256: await sourceHash(path),
      sizeBytes: sizes[index] ?? 0,
      lineBase: bases[index] ?? 0,
    })),
  );
}

/** With several files the message says which, since lines count on over all of them. */
function asideText({ line, aside }: Extract<Converted, { kind: 'set-aside' }>, hasMany: boolean): string {
  const message = hasMany ? `${aside.file}, line ${aside.line}: ${aside.message}` : aside.message;
  const one: AsideLine = {
    line,
    byteOffset: aside.byteOffset ?? 0,
    code: aside.code,
    message,
    raw: aside.raw,
  };
  return JSON.stringify(one);
}

function createSpool(path: string, key: string) {
  const cipher = sealSpool(key);
  const out: WriteStream = createWriteStream(path, { highWaterMark: 4 * pieceCharacters });
  let failure: Error | null = null;
  out.on('error', (error) => {
    failure = error;
  });
  let pieces: string[] = [];
  let size = 0;
  let nextLine = 1;
  const flush = (): void => {
    if (pieces.length > 0) out.write(cipher.update(pieces.join(''), 'utf8'));
    pieces = [];
    size = 0;
  };
  return {
    /** Adds a line; with a number, after as many empty lines as bring it to that line. */
    line(text: string, number = nextLine): void {
      const gap = number - nextLine;
      pieces.push(gap > 0 ? `${'\n'.repeat(gap)}${text}\n` : `${text}\n`);
      size += text.length + gap;
      nextLine = number + 1;
      if (size > pieceCharacters) flush();
    },
    async turn(): Promise<void> {
      if (failure) throw diskFailure(failure);
      if (out.writableNeedDrain) await Promise.race([once(out, 'drain'), once(out, 'close')]);
    },
    async end(): Promise<void> {
      flush();
      if (failure) throw diskFailure(failure);
      out.end();
      await finished(out).catch((error: unknown) => {
        throw diskFailure(error);
      });
    },
    destroy: () => void out.destroy(),
  };
}

function diskFailure(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return new AppFailure('DISK_FULL', {
    what: 'The disk is full, so the rows could not be written down for the import.',
    todo: 'Free about as much space as the unpacked files take, then import again. Nothing of it was kept.',
    retry: 'later',
  });
}

function cancelled(): AppFailure {
  return new AppFailure('CANCELLED', {
    what: 'The import was cancelled.',
    todo: 'Nothing of it was kept.',
    retry: 'now',
  });
}
