import { AppFailure } from '../../../shared/failures.ts';

/** The failure of a file that cannot be read as what it claims to be: what happened, at which line, what to do. */
export function unreadable(
  file: string,
  words: { what: string; todo: string; line?: number; field?: string },
): AppFailure {
  const { what, todo, line, field } = words;
  const where = {
    file,
    ...(line === undefined ? {} : { line }),
    ...(field === undefined ? {} : { field }),
  };
  return new AppFailure('FILE_UNREADABLE', { what, where, todo, retry: 'now' });
}

/** The reason in an error of the system or a package, as the end of a sentence. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\.$/, '');
}
