import type { PersonalDataType } from '../../../shared/features/privacy/privacy.model.ts';
import type { Db } from '../../core/ports.ts';

/** The number of a value in the vault, put there when it is new. */
export function vaultOrdinal(db: Db, type: PersonalDataType, value: string): number {
  db.prepare('INSERT OR IGNORE INTO privacy_vault (type, value) VALUES (?, ?)').run(type, value);
  const row = db
    .prepare<{ id: number }>('SELECT id FROM privacy_vault WHERE type = ? AND value = ?')
    .get(type, value);
  return row?.id ?? 0;
}

/** Gives a value in the vault its pseudonym. */
export function namePseudonym(db: Db, id: number, pseudonym: string): void {
  db.prepare('UPDATE privacy_vault SET pseudonym = ? WHERE id = ? AND pseudonym IS NULL').run(pseudonym, id);
}

/** What a pseudonym stands for. */
export function valueBehind(db: Db, pseudonym: string): string | null {
  return (
    db.prepare<{ value: string }>('SELECT value FROM privacy_vault WHERE pseudonym = ?').get(pseudonym)
      ?.value ?? null
  );
}
