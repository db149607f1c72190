import { once } from 'node:events';
import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Where a command writes: results to `out`, everything else to `note` and `progress` on standard error. */
export type Terminal = {
  /** Writes a line of the result; waits while the reader is slow. */
  out(line: string): Promise<void>;
  /** Writes a piece of the result without a line feed. */
  outPiece(text: string): Promise<void>;
  /** Writes a line for the person, on standard error. */
  note(line: string): void;
  /** Shows what is going on, on standard error and only where a person watches; null clears it. */
  progress(text: string | null): void;
  /** Colours a text where the result goes to a person's terminal. */
  style(style: Style, text: string): string;
};

type Stream = NodeJS.WritableStream & { isTTY?: boolean };

/** How a stream may be coloured: only a terminal, and not where the person said no (NO_COLOR). */
export function mayColour(stream: Stream, env: Readonly<Record<string, string | undefined>>): boolean {
  return Boolean(stream.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb';
}

/** The terminal over two streams. A reader that went away ends the writing, not the program with an error. */
export function createTerminal(streams: {
  out: Stream;
  err: Stream;
  env: Readonly<Record<string, string | undefined>>;
}): Terminal {
  const { out, err, env } = streams;
  const hasColour = mayColour(out, env);
  let shown = '';
  const clear = (): void => {
    if (shown) err.write('\r\u001b[2K');
    shown = '';
  };
  const outPiece = async (text: string): Promise<void> => {
    clear();
    if (!out.write(text)) await once(out, 'drain');
  };
  return {
    outPiece,
    out: (line) => outPiece(`${line}\n`),
    note(line) {
      clear();
      err.write(`${line}\n`);
    },
    progress(text) {
      if (!err.isTTY || text === shown) return;
      clear();
      shown = text ?? '';
      err.write(shown);
    },
    style: (style, text) => (hasColour ? styleText(style, text, { validateStream: false }) : text),
  };
}
