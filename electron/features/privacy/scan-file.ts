import type { Line } from '../../../shared/features/datasets/line-splitter.ts';
import type { Detect } from '../../../shared/features/privacy/detect/detector.ts';
import { scanValue } from '../../../shared/features/privacy/detect/scan-value.ts';
import type { Confidence, PersonalDataType } from '../../../shared/features/privacy/privacy.model.ts';

/** A detection in a file: `line` counts from 1 in the part that was scanned; offsets are UTF-16 units in the string at `pointer`. */
export type LineFinding = {
  line: number;
  pointer: string;
  start: number;
  end: number;
  type: PersonalDataType;
  confidence: Confidence;
};

/** What scanning a part of a file gave. `odd` are lines that are no JSON (looked at as text) or too long (only their beginning). */
export type PartScan = {
  /** All lines of the part, and those with something in them. */
  physicalLines: number;
  lines: number;
  findings: LineFinding[];
  odd: { line: number; why: string }[];
};

/** How a part of a file is read; given by the data sets' line reader. */
export type ReadPart = {
  readonly readLines: (
    part: { path: string; start: number; end: number },
    onLine: (line: Line) => void,
    onChunk?: (readBytes: number) => void,
  ) => number;
};

const lenient = new TextDecoder('utf-8', { ignoreBOM: false });

/** Looks at every string of every line of a part of a file; blocking. Throws what the file system throws. */
export function scanPart(
  part: { path: string; start: number; end: number },
  tools: ReadPart & { detect: Detect },
  onChunk?: (readBytes: number) => void,
): PartScan {
  const result: PartScan = { physicalLines: 0, lines: 0, findings: [], odd: [] };
  result.physicalLines = tools.readLines(part, (line) => scanLine(line, tools.detect, result), onChunk);
  return result;
}

function scanLine(line: Line, detect: Detect, result: PartScan): void {
  const text = lenient.decode(line.bytes);
  if (!line.isTooLong && text.trim() === '') return;
  result.lines += 1;
  if (line.isTooLong)
    result.odd.push({ line: line.number, why: 'longer than 16 MiB; only its first 64 kB were looked at' });
  const value = line.isTooLong ? text : parsed(text, line.number, result);
  scanValue(value, detect, ({ pointer, start, end, type, confidence }) => {
    result.findings.push({ line: line.number, pointer, start, end, type, confidence });
  });
}

/** The line as JSON; a line that is none is looked at as one text, so that nothing in it goes unseen. */
function parsed(text: string, line: number, result: PartScan): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    result.odd.push({ line, why: 'no JSON; looked at as one text' });
    return text;
  }
}
