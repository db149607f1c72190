import { AppFailure } from '../../../shared/failures.ts';
import type { Db } from '../../core/ports.ts';
import { findVersion, type VersionRow } from './versions.sql.ts';

/** A version that a person can name, or the failure VERSION_NOT_FOUND. */
export function requireVersion(db: Db, versionId: string): VersionRow {
  const row = findVersion(db, versionId);
  if (row && row.number !== null) return row;
  throw new AppFailure('VERSION_NOT_FOUND', {
    what: 'This version is not in the workspace.',
    todo: 'Choose another one from the list of versions.',
    retry: 'never',
  });
}
