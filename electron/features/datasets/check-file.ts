import { hash } from 'node:crypto';
import { closeSync, openSync, statSync } from 'node:fs';
import {
  type CheckMethod,
  checkPart,
  createCheckGatherer,
  type FileCheck,
  type GatherTools,
} from '../../../shared/features/datasets/file-check.ts';
import type { ReadPicture } from '../../../shared/features/datasets/across/picture-set.rules.ts';
import type { ProviderRules } from '../../../shared/features/datasets/provider-rules.model.ts';
import type { CountText } from '../../../shared/tokens/encodings.ts';
import { countParts, readPart } from './file-parts.ts';
import { decodeUtf8 } from './line-file.ts';
import { createTextSpools } from './text-spool.ts';
import { createSchemaChecker } from './schema-checker.ts';

export type CheckFileOptions = {
  readonly method: CheckMethod;
  readonly rules: ProviderRules;
  /** The grader of a reinforcement file, as JSON; null when it is not known. */
  readonly grader: unknown;
  readonly readPicture: ReadPicture | null;
  /** Model by whose rules tokens are counted, and the longest example it reads. */
  readonly model: { readonly id: string; readonly exampleLimit: number };
  readonly countText: CountText;
  onProgress?(readBytes: number, totalBytes: number): void;
};

/** SHA-256 of a text's UTF-8 bytes, or of bytes. */
export function sha256(text: string | Uint8Array): Uint8Array {
  return hash('sha256', text, 'buffer');
}

/** Checks a training file (platform reference 2); blocking, so call it in a worker or the terminal. Throws what fs throws. */
export function checkFile(path: string, options: CheckFileOptions): FileCheck {
  const { size } = statSync(path);
  const tools = {
    method: options.method,
    rules: options.rules,
    readPicture: options.readPicture,
    model: options.model,
    countText: options.countText,
    schemas: createSchemaChecker(),
    hash: sha256,
    decode: decodeUtf8,
    // A small file is read before the reader of plain lines has paid for itself; and so each proves the other.
    plain: null,
  };
  const spools = createTextSpools();
  const gatherer = createCheckGatherer(path, gatherToolsOf(options, size, spools.open));
  const handle = openSync(path, 'r');
  try {
    const file = { handle, sizeBytes: size, partBytes };
    for (let index = 0; index < countParts(size, partBytes); index += 1) {
      gatherer.add(checkPart(readPart(file, index).lines, tools));
      options.onProgress?.(Math.min(size, (index + 1) * partBytes), size);
    }
    const check = gatherer.finish();
    return { ...check, quarantined: [...check.quarantined], findings: [...check.findings] };
  } finally {
    closeSync(handle);
    spools.free();
  }
}

/** Bytes of a file that are checked at once. */
export const partBytes = 1024 * 1024;

/** What putting the checked parts of a file together needs. */
export function gatherToolsOf(
  options: Pick<CheckFileOptions, 'method' | 'rules' | 'model' | 'grader'>,
  sizeBytes: number,
  spool: GatherTools['spool'],
): GatherTools {
  const { method, rules, model, grader } = options;
  return { method, rules, model, grader, hash: sha256, sizeBytes, spool };
}
