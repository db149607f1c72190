import { closeSync, openSync, readSync } from 'node:fs';
import type { Method } from '../../../shared/features/datasets/datasets.model.ts';
import { readExampleText } from '../../../shared/features/datasets/read-line.ts';
import { recogniseMethod } from '../../../shared/features/datasets/recognise-method.ts';

const sampleBytes = 512 * 1024;
const sampleRows = 200;

/** The method a JSONL file is made for, by its first rows (at most 200 of the first 512 KB); supervised when unclear. */
export function methodOfFile(path: string): Method {
  const buffer = Buffer.alloc(sampleBytes);
  const file = openSync(path, 'r');
  try {
    const length = readSync(file, buffer, 0, sampleBytes, 0);
    const lines = buffer.toString('utf8', 0, length).split('\n');
    // The last line may be cut off by the end of the sample.
    const whole = length === sampleBytes ? lines.slice(0, -1) : lines;
    return recogniseMethod(
      whole.slice(0, sampleRows).flatMap((line) => {
        const reading = readExampleText(line.replace(/^\uFEFF/, ''));
        return reading.kind === 'example' ? [reading.value] : [];
      }),
    );
  } finally {
    closeSync(file);
  }
}
