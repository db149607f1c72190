import { encodingForModel } from '../../tokens/encodings.ts';
import type { AnalysisTools } from './analyse-example.ts';
import { analyserOf } from './analyse-method.ts';
import type { Finding, Method, QuarantinedLine } from './datasets.model.ts';
import type { Line } from './line-splitter.ts';
import { type DecodeUtf8, readLine } from './read-line.ts';
import { createMethodLook } from './across/method-look.ts';
import { adapterFor, checkWhole } from './provider-check.ts';
import type { ProviderRules } from './provider-rules.model.ts';
import { conflictFinding, duplicateFinding } from './sft/dataset.rules.ts';

/** By which method's rules a file is checked; vision is supervised with pictures. */
export type CheckMethod = Method | 'vision';

/** What a check of a whole file found; `lines` are the non-blank ones, all of them accepted or quarantined. */
export type FileCheck = {
  readonly file: string;
  readonly method: CheckMethod;
  readonly lines: number;
  readonly accepted: number;
  readonly quarantined: readonly Omit<QuarantinedLine, 'raw'>[];
  readonly findings: readonly Finding[];
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

export type FileChecker = {
  line(line: Line): void;
  finish(): FileCheck;
};

/** Examples with one prompt: where the first stands, which lines answer like it and which do not. */
type Asked = { line: number; answer: string; alike: number[]; others: number[] };

export type FileCheckTools = AnalysisTools & {
  readonly decode: DecodeUtf8;
  readonly method: CheckMethod;
  /** By whose limits and severities. */
  readonly rules: ProviderRules;
  /** What will score the rows, for reinforcement; null when it is not known. */
  readonly grader: unknown;
  readonly sizeBytes: number;
  readonly model: { readonly id: string; readonly exampleLimit: number };
};

/** Checks a file line by line, without keeping the examples: duplicates and conflicts are found by hash. */
export function createFileChecker(file: string, tools: FileCheckTools): FileChecker {
  const quarantined: Omit<QuarantinedLine, 'raw'>[] = [];
  const findings: Finding[] = [];
  const tokenCounts: number[] = [];
  const duplicates = createRepeatFinder();
  const method = tools.method === 'vision' ? 'sft' : tools.method;
  const analyse = analyserOf(method);
  const look = createMethodLook({ method, grader: tools.grader, hash: tools.hash });
  const adapt = adapterFor(tools.rules);
  let withImages = 0;

  return {
    line(line) {
      const reading = readLine(line, tools.decode);
      if (reading.kind === 'blank') return;
      if (reading.kind === 'quarantined') {
        const { code, message } = reading;
        quarantined.push({ line: line.number, byteOffset: line.byteOffset, code, message });
        return;
      }
      const analysis = analyse(reading.value, tools);
      const images = analysis.facts.images.length;
      for (const finding of adapt(analysis.findings, images)) {
        findings.push({ ...finding, line: line.number });
      }
      look.add(line.number, reading.value);
      tokenCounts.push(analysis.tokens.total);
      if (images > 0) withImages += 1;
      duplicates.add(line.number, analysis);
    },
    finish() {
      findings.push(...duplicates.findings());
      // The file as a whole is shown at its first line: every finding has a 1-based line.
      const across = look.finish();
      for (const { row, finding } of across.rows) findings.push({ ...finding, line: row });
      const examples = tokenCounts.length;
      const facts = { method, examples, withImages, sizeBytes: tools.sizeBytes, splits: null };
      for (const finding of [...checkWhole(facts, tools.rules), ...across.whole])
        findings.push({ ...finding, line: 1 });
      findings.sort((a, b) => a.line - b.line);
      return {
        file,
        method: tools.method,
        lines: tokenCounts.length + quarantined.length,
        accepted: tokenCounts.length,
        quarantined,
        findings,
        tokens: tokenSums(tokenCounts, tools.model),
        tokenCounts,
      };
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

type Hashes = { identity: Uint8Array; promptHash: Uint8Array; answerHash: Uint8Array };

/** Half of a SHA-256 tells examples apart as surely as is needed, at half the memory. */
function short(hash: Uint8Array): string {
  return String.fromCharCode(...hash.subarray(0, 16));
}

/** Finds repeated examples (all but the first) and prompts with different answers (all that share the prompt). */
function createRepeatFinder() {
  const firstOf = new Map<string, number>();
  const prompts = new Map<string, Asked>();
  const repeats: Finding[] = [];
  return {
    add(line: number, { identity, promptHash, answerHash }: Hashes): void {
      const first = firstOf.get(short(identity));
      if (first === undefined) firstOf.set(short(identity), line);
      else repeats.push({ ...duplicateFinding(first), line });
      const asked = prompts.get(short(promptHash));
      if (!asked) prompts.set(short(promptHash), { line, answer: short(answerHash), alike: [], others: [] });
      else if (asked.answer === short(answerHash)) asked.alike.push(line);
      else asked.others.push(line);
    },
    findings(): Finding[] {
      for (const { line, alike, others } of prompts.values()) {
        const [other] = others;
        if (other === undefined) continue;
        for (const one of [line, ...alike]) repeats.push({ ...conflictFinding(other), line: one });
        for (const one of others) repeats.push({ ...conflictFinding(line), line: one });
      }
      return repeats;
    },
  };
}

/** The documented object of `lapidary check --json`. */
export function toCheckJson(check: FileCheck) {
  return {
    file: check.file,
    method: check.method,
    lines: check.lines,
    accepted: check.accepted,
    quarantined: check.quarantined,
    findings: check.findings.map(({ line, pointer, code, severity, message }) => ({
      line,
      pointer,
      code,
      severity,
      message,
    })),
    tokens: check.tokens,
  };
}

/** Exit code of a check: 1 for any finding of error severity or any quarantined line, else 0. */
export function checkExitCode(check: FileCheck): 0 | 1 {
  return check.quarantined.length > 0 || check.findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}
