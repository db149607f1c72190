import { hash } from 'node:crypto';
import { statSync } from 'node:fs';
import {
  type CheckMethod,
  createFileChecker,
  type FileCheck,
} from '../../../shared/features/datasets/file-check.ts';
import type { ProviderRules } from '../../../shared/features/datasets/provider-rules.model.ts';
import type { CountText } from '../../../shared/tokens/encodings.ts';
import { decodeUtf8, readLines } from './line-file.ts';
import { createSchemaChecker } from './schema-checker.ts';

export type CheckFileOptions = {
  readonly method: CheckMethod;
  readonly rules: ProviderRules;
  /** The grader of a reinforcement file, as JSON; null when it is not known. */
  readonly grader: unknown;
  /** Model by whose rules tokens are counted, and the longest example it reads. */
  readonly model: { readonly id: string; readonly exampleLimit: number };
  readonly countText: CountText;
  onProgress?(readBytes: number, totalBytes: number): void;
};

/** SHA-256 of a text's UTF-8 bytes. */
export function sha256(text: string): Uint8Array {
  return hash('sha256', text, 'buffer');
}

/** Checks a training file (platform reference 2); blocking, so call it in a worker or the terminal. Throws what fs throws. */
export function checkFile(path: string, options: CheckFileOptions): FileCheck {
  const { size } = statSync(path);
  const checker = createFileChecker(path, {
    method: options.method,
    rules: options.rules,
    grader: options.grader,
    sizeBytes: size,
    model: options.model,
    countText: options.countText,
    schemas: createSchemaChecker(),
    hash: sha256,
    decode: decodeUtf8,
  });
  readLines(
    { path, start: 0, end: size },
    (line) => checker.line(line),
    (readBytes) => options.onProgress?.(readBytes, size),
  );
  return checker.finish();
}
