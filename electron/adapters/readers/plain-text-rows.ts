import { createLineSplitter } from '../../../shared/features/datasets/line-splitter.ts';
import type { SourceBatches, SourceRow } from '../../core/source-rows.ts';
import type { Bytes } from './byte-stream.ts';
import { decodeUtf8 } from './decode-utf8.ts';
import { drive, shown } from './text-rows.ts';

/** Paragraph size beyond which a block is cut: prose without blank lines stays a row of bearable size. */
const maxBlockCharacters = 1024 * 1024;

/** Rows of prose: one per block of lines between blank lines, with its text in `text`. */
export function plainTextRows(bytes: Bytes): SourceBatches {
  return drive(bytes, (emit: (item: SourceRow) => void) => {
    let block: { line: number; byteOffset: number; texts: string[]; size: number } | null = null;
    const close = (): void => {
      if (block) {
        const { line, byteOffset, texts } = block;
        emit({ kind: 'row', number: line, byteOffset, value: { text: texts.join('\n') }, text: null });
      }
      block = null;
    };
    const splitter = createLineSplitter((line) => {
      const text = decodeUtf8(line.bytes);
      const { number, byteOffset } = line;
      if (text === null || line.isTooLong) {
        close();
        const message = line.isTooLong ? 'The line is longer than 16 MiB.' : 'The line is not valid UTF-8.';
        const code = line.isTooLong ? 'line_too_long' : 'invalid_utf8';
        emit({
          kind: 'quarantined',
          number,
          byteOffset,
          code,
          message,
          raw: shown(line.bytes),
        });
        return;
      }
      if (text.trim() === '') {
        close();
        return;
      }
      block ??= { line: number, byteOffset, texts: [], size: 0 };
      block.texts.push(text);
      block.size += text.length;
      if (block.size > maxBlockCharacters) close();
    });
    return {
      push: (piece) => splitter.push(piece),
      end() {
        splitter.end();
        close();
      },
    };
  });
}
