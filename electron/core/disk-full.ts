import { AppFailure } from '../../shared/failures.ts';

/** The failure to tell for a disk or a quota without room, by the codes of the file system and of SQLite; null of other errors. */
export function diskFullOf(error: unknown): AppFailure | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== 'ENOSPC' && code !== 'EDQUOT' && code !== 'SQLITE_FULL') return null;
  return new AppFailure('DISK_FULL', {
    what: 'The disk is full, so the work was stopped. What it had begun to write was taken away again.',
    todo: 'Free some space, then start it again.',
    retry: 'later',
  });
}
