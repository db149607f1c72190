import { moderationRefusal } from './moderation.ts';

/** Why a training file cannot be used: the job's `error`, and the file's `status_details`. */
export type FileFault = { code: string; message: string; details: string };

/** A file's examples, or the first thing wrong with it in the words of the platform (reference 2.6). */
export type ReadFile<Example> = { examples: Example[] } | { fault: FileFault };

export type Json = Readonly<Record<string, unknown>>;

/** Where an example stands: its number from 1, and its file. */
export type Place = { number: number; fileId: string };

/** Reads a JSON Lines file; `check` answers the first thing wrong with an example, `textOf` what is moderated. */
export function readExamples<Example>(
  text: string,
  fileId: string,
  kind: { check(value: unknown, place: Place): FileFault | null; textOf: (example: Example) => string },
): ReadFile<Example> {
  const examples: Example[] = [];
  let line = 0;
  for (const raw of text.replace(/^\uFEFF/, '').split('\n')) {
    line += 1;
    if (raw.trim() === '') continue;
    const number = examples.length + 1;
    const value = parseLine(raw);
    if ('problem' in value) {
      const reason = `line contains invalid json: ${value.problem} (line ${line})`;
      return { fault: invalidFormat(`Example ${number} cannot be parsed. Error: ${reason}`) };
    }
    const fault = kind.check(value.json, { number, fileId });
    if (fault) return { fault };
    // The check is what makes it one.
    examples.push(value.json as Example);
  }
  const refusal = moderationRefusal(examples.map(kind.textOf));
  return refusal ? { fault: { ...refusal, details: refusal.message } } : { examples };
}

function parseLine(raw: string): { json: unknown } | { problem: string } {
  try {
    return { json: JSON.parse(raw) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'not JSON' };
  }
}

/** The file is not what the method needs. */
export function invalidFormat(what: string): FileFault {
  const details = what.startsWith('Unexpected') ? what : `Invalid file format. ${what}`;
  return {
    code: 'invalid_training_file',
    message: `The job failed due to an invalid training file. ${details}`,
    details,
  };
}

/** The file has something it must not have. */
export function formatError(what: string): FileFault {
  const details = `Invalid file format. ${what}`;
  return {
    code: 'invalid_file_format',
    message: `The job failed due to a file format error in the training file. ${details}`,
    details,
  };
}

/** True for a JSON object. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The file is written for another method than the job's. */
export function otherMethod(
  { fileId }: Place,
  is: { kind: string; needs: string; provided: string },
): FileFault {
  return invalidFormat(
    `Input file ${fileId} is in the ${is.kind} format, but the specified fine-tuning job is not using ` +
      `'${is.needs}' as the training method (provided method=${is.provided}).`,
  );
}
