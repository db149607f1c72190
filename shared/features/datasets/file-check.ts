import { encodingForModel } from '../../tokens/encodings.ts';
import type { AnalysisTools } from './analyse-example.ts';
import { analyserOf } from './analyse-method.ts';
import type { Finding, Method, QuarantinedLine, Severity } from './datasets.model.ts';
import type { Line } from './line-splitter.ts';
import { createLongList, type Listed, mergedByLine, type TextSpool } from './line-list.ts';
import { longestPlainLine } from './plain-lines.ts';
import { type PlainRows, rowHashBytes } from './plain-rows.ts';
import { type DecodeUtf8, type JsonObject, readLine } from './read-line.ts';
import { createMethodLook } from './across/method-look.ts';
import {
  createPictureSet,
  type PlacedPicture,
  type ReadPicture,
  readPictures,
} from './across/picture-set.rules.ts';
import { adapterFor, checkWhole } from './provider-check.ts';
import type { ProviderRules } from './provider-rules.model.ts';
import { RepeatFinder } from './repeat-finder.ts';

/** By which method's rules a file is checked; vision is supervised with pictures. */
export type CheckMethod = Method | 'vision';

/** What a check of a whole file found; `lines` are the non-blank ones, all of them accepted or quarantined. */
export type FileCheck = {
  readonly file: string;
  readonly method: CheckMethod;
  readonly lines: number;
  readonly accepted: number;
  /** By line, as the findings are. */
  readonly quarantined: readonly Omit<QuarantinedLine, 'raw'>[];
  readonly findings: readonly Finding[];
  readonly totals: CheckTotals;
  readonly tokens: {
    readonly model: string;
    readonly encoding: string;
    readonly total: number;
    readonly max: number;
    readonly overLimit: number;
  };
  /** Tokens of each accepted example, in file order. */
  readonly tokenCounts: readonly number[];
};

/** The check of a file that may have more findings than fit into memory. */
export type LongFileCheck = Omit<FileCheck, 'quarantined' | 'findings'> & {
  readonly quarantined: Listed<FileCheck['quarantined'][number]>;
  readonly findings: Listed<Finding>;
};

/** How many findings there are. */
export type CheckTotals = {
  readonly findings: Readonly<Record<Severity, number>>;
  /** Findings by code. */
  readonly codes: ReadonlyMap<string, number>;
};

/** What checking the lines of a part of a file came to; line numbers count from 1 in the part. */
export type CheckedPart = {
  /** Physical lines that begin in the part. */
  readonly lines: number;
  readonly quarantined: readonly Omit<QuarantinedLine, 'raw'>[];
  readonly findings: readonly Finding[];
  /** Per accepted example: its line and its tokens. */
  readonly rows: Uint32Array;
  /** Per accepted example: the first 8 bytes of its identity, 8 of its prompt's hash, 8 of its answer's. */
  readonly hashes: Uint8Array;
  readonly withImages: number;
  /** Lines whose examples have to be looked at together with others, with what of them is looked at. */
  readonly looks: readonly (readonly [line: number, example: JsonObject])[];
  /** Lines with pictures that were decoded, for vision. */
  readonly pictures: readonly (readonly [line: number, pictures: readonly PlacedPicture[]])[];
};

export type FileCheckTools = AnalysisTools & {
  readonly decode: DecodeUtf8;
  readonly method: CheckMethod;
  /** Spares plain lines the careful way; null when none can be plain. */
  readonly plain: { readonly rows: PlainRows; readonly isUtf8: (bytes: Uint8Array) => boolean } | null;
  /** By whose limits and severities. */
  readonly rules: ProviderRules;
  /** Decodes pictures when the method is vision; null leaves them alone. */
  readonly readPicture: ReadPicture | null;
  readonly model: { readonly id: string; readonly exampleLimit: number };
};

const hashBytes = 24;

/** Checks the lines of a part by themselves. */
export function checkPart(lines: readonly Line[], tools: FileCheckTools): CheckedPart {
  const method = tools.method === 'vision' ? 'sft' : tools.method;
  const analyse = analyserOf(method);
  const adapt = adapterFor(tools.rules);
  const quarantined: Omit<QuarantinedLine, 'raw'>[] = [];
  const findings: Finding[] = [];
  const looks: [number, JsonObject][] = [];
  const pictures: [number, PlacedPicture[]][] = [];
  const readPicture = tools.method === 'vision' ? tools.readPicture : null;
  const rows = new Uint32Array(lines.length * 2);
  const hashes = new Uint8Array(lines.length * hashBytes);
  const plainHashes = new Uint8Array(rowHashBytes);
  let [accepted, withImages] = [0, 0];
  for (const line of lines) {
    if (takePlain(line, tools)) {
      const { rows: plain } = tools.plain;
      plain.writeHashes(plainHashes, 0);
      rows.set([line.number, plain.tokens()], accepted * 2);
      hashes.set(plainHashes.subarray(0, 8), accepted * hashBytes);
      hashes.set(plainHashes.subarray(32), accepted * hashBytes + 8);
      accepted += 1;
      continue;
    }
    const reading = readLine(line, tools.decode);
    if (reading.kind === 'blank') continue;
    if (reading.kind === 'quarantined') {
      const { code, message } = reading;
      quarantined.push({ line: line.number, byteOffset: line.byteOffset, code, message });
      continue;
    }
    const analysis = analyse(reading.value, tools, reading.text);
    const images = analysis.facts.images.length;
    for (const finding of adapt(analysis.findings, images)) findings.push({ ...finding, line: line.number });
    if (method !== 'sft') looks.push([line.number, reading.value]);
    else if (analysis.facts.hasTools) {
      const { tools: declared, functions } = reading.value;
      looks.push([line.number, { tools: declared, functions }]);
    }
    if (images > 0) withImages += 1;
    if (images > 0 && readPicture !== null) {
      pictures.push([line.number, readPictures(reading.value, readPicture)]);
    }
    rows.set([line.number, analysis.tokens.total], accepted * 2);
    hashes.set(analysis.identity.subarray(0, 8), accepted * hashBytes);
    hashes.set(analysis.promptHash, accepted * hashBytes + 8);
    hashes.set(analysis.answerHash, accepted * hashBytes + 16);
    accepted += 1;
  }
  return {
    lines: lines.length,
    quarantined,
    findings,
    rows: rows.subarray(0, accepted * 2),
    hashes: hashes.subarray(0, accepted * hashBytes),
    withImages,
    looks,
    pictures,
  };
}

/** Whether a line is plain: nothing is to be found in it. */
function takePlain(
  { bytes }: Line,
  tools: FileCheckTools,
): tools is FileCheckTools & { readonly plain: NonNullable<FileCheckTools['plain']> } {
  const { plain } = tools;
  return (
    plain !== null && bytes.length <= longestPlainLine && plain.isUtf8(bytes) && plain.rows.take(bytes) > 0
  );
}

export type GatherTools = Pick<FileCheckTools, 'method' | 'rules' | 'model' | 'hash'> & {
  /** What will score the rows, for reinforcement; null when it is not known. */
  readonly grader: unknown;
  readonly sizeBytes: number;
  /** Where findings go that are too many to be held. */
  readonly spool: () => TextSpool;
};

/** Puts the checked parts of a file together, in their order: duplicates and conflicts are found by hash. */
export function createCheckGatherer(file: string, tools: GatherTools) {
  const tally = createTally();
  const quarantined = createLongList<Omit<QuarantinedLine, 'raw'>>(tools.spool);
  const findings = createLongList<Finding>(tools.spool);
  const tokenCounts: number[] = [];
  const repeats = new RepeatFinder();
  const method = tools.method === 'vision' ? 'sft' : tools.method;
  const look = createMethodLook({ method, grader: tools.grader, hash: tools.hash, readPicture: null });
  const pictures = createPictureSet(null);
  let [withImages, before] = [0, 0];
  return {
    add(part: CheckedPart): void {
      for (const one of part.quarantined) quarantined.add({ ...one, line: before + one.line });
      for (const one of part.findings) {
        findings.add({ ...one, line: before + one.line });
        tally.add(one);
      }
      for (const [line, example] of part.looks) look.add(before + line, example);
      for (const [line, placed] of part.pictures) pictures.addPictures(before + line, placed);
      for (let row = 0; row * 2 < part.rows.length; row += 1) {
        tokenCounts.push(part.rows[row * 2 + 1] ?? 0);
        const hashes = part.hashes.subarray(row * hashBytes, (row + 1) * hashBytes);
        repeats.add(before + (part.rows[row * 2] ?? 0), hashes);
      }
      withImages += part.withImages;
      before += part.lines;
    },
    finish(): LongFileCheck {
      // The file as a whole is shown at its first line: every finding has a 1-based line.
      const across = look.finish();
      const compared = [...across.rows, ...pictures.finish().rows];
      const compare = compared.map(({ row, finding }) => ({ ...finding, line: row }));
      const examples = tokenCounts.length;
      const facts = { method, examples, withImages, sizeBytes: tools.sizeBytes, splits: null };
      const whole = [...checkWhole(facts, tools.rules), ...across.whole];
      const late = [
        { [Symbol.iterator]: () => repeats.repeats() },
        { [Symbol.iterator]: () => repeats.conflicts() },
        compare.toSorted((a, b) => a.line - b.line),
        whole.map((finding) => ({ ...finding, line: 1 })),
      ];
      for (const list of late) for (const one of list) tally.add(one);
      return {
        file,
        method: tools.method,
        lines: tokenCounts.length + quarantined.length,
        accepted: tokenCounts.length,
        quarantined,
        findings: mergedByLine([findings, ...late], tally.sum()),
        totals: tally.totals,
        tokens: tokenSums(tokenCounts, tools.model),
        tokenCounts,
      };
    },
  };
}

function createTally() {
  const findings = { error: 0, warning: 0, info: 0 };
  const codes = new Map<string, number>();
  return {
    totals: { findings, codes },
    sum: (): number => findings.error + findings.warning + findings.info,
    add({ severity, code }: Finding): void {
      findings[severity] += 1;
      codes.set(code, (codes.get(code) ?? 0) + 1);
    },
  };
}

function tokenSums(
  counts: readonly number[],
  model: { id: string; exampleLimit: number },
): FileCheck['tokens'] {
  return {
    model: model.id,
    encoding: encodingForModel(model.id),
    total: counts.reduce((sum, tokens) => sum + tokens, 0),
    max: counts.reduce((max, tokens) => Math.max(max, tokens), 0),
    overLimit: counts.filter((tokens) => tokens > model.exampleLimit).length,
  };
}

/** A finding as `lapidary check --json` lists it. */
export function toFindingJson({ line, pointer, code, severity, message }: Finding) {
  return { line, pointer, code, severity, message };
}

/** Exit code of a check: 1 for any finding of error severity or any quarantined line, else 0. */
export function checkExitCode({ totals, quarantined }: LongFileCheck): 0 | 1 {
  return quarantined.length > 0 || totals.findings.error > 0 ? 1 : 0;
}
