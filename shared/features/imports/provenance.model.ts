import { z } from 'zod';

/** The value of everything nobody has stated: said out loud, never a guess. */
export const unknown = 'unknown';

/** Where data comes from: the headings of the EU template for training content, 2.1 to 2.6 (C(2025) 8311). */
export const sourceKind = z.enum([
  'own',
  'user_data',
  'licensed',
  'third_party_private',
  'public_dataset',
  'crawled',
  'synthetic',
  unknown,
]);
export type SourceKind = z.infer<typeof sourceKind>;

/** GDPR, Article 6(1)(a) to (f); `no_personal_data` where none is needed. */
export const lawfulBasis = z.enum([
  'no_personal_data',
  'consent',
  'contract',
  'legal_obligation',
  'vital_interests',
  'public_task',
  'legitimate_interests',
  unknown,
]);
export type LawfulBasis = z.infer<typeof lawfulBasis>;

export const personalData = z.enum(['yes', 'no', unknown]);

const aDay = z.iso.date();

/** True for a day such as `2026-03-31`. */
export function isDay(text: string): boolean {
  return aDay.safeParse(text).success;
}

/** A machine-readable reservation against text and data mining that was found with the data. */
export const miningReservation = z.enum(['none', 'robots', 'c2pa', 'contract', unknown]);

/** A short line of the user's; `unknown` when nobody has stated it. */
const words = z.string().trim().min(1).max(300);
const day = z.union([z.literal(unknown), aDay]);

/**
 * What is known about where rows come from and what may be done with them (security reference 6.2: source, rights,
 * personal data, authority, purpose). It holds for every row of an import.
 */
export const provenance = z.object({
  sourceKind,
  /** Name of the collection the rows come from. */
  source: words,
  /** Address, path or reference where it can be found. */
  sourceUri: words,
  /** Organisation it comes from. */
  origin: words,
  obtainedHow: words,
  collectedFrom: day,
  collectedTo: day,
  /** SPDX identifier, or the rights in words. */
  rights: words,
  agreement: words,
  miningReservation,
  /** Who may decide about the use of these rows: an office, a role, a name. */
  authority: words,
  personalData,
  lawfulBasis,
  consent: words,
  purpose: words,
  /** Day after which the rows must be gone. */
  retainUntil: day,
});
export type Provenance = z.infer<typeof provenance>;

/** Nothing is known yet. */
export const unknownProvenance: Provenance = {
  sourceKind: unknown,
  source: unknown,
  sourceUri: unknown,
  origin: unknown,
  obtainedHow: unknown,
  collectedFrom: unknown,
  collectedTo: unknown,
  rights: unknown,
  agreement: unknown,
  miningReservation: unknown,
  authority: unknown,
  personalData: unknown,
  lawfulBasis: unknown,
  consent: unknown,
  purpose: unknown,
  retainUntil: unknown,
};

/** An import as a data set remembers it: which lines came with it, from which file, and what is known about them. */
export const importRecord = z.object({
  importId: z.string(),
  at: z.number().int(),
  sourceName: z.string(),
  /** First and last line of the data set that came with it. */
  firstLine: z.number().int(),
  lastLine: z.number().int(),
  rows: z.number().int(),
  quarantined: z.number().int(),
  /** Files of the import, in order, with the line after which each begins. */
  files: z.array(
    z.object({ name: z.string(), sha256: z.string(), sizeBytes: z.number(), lineBase: z.number() }),
  ),
  provenance,
});
export type ImportRecord = z.infer<typeof importRecord>;
