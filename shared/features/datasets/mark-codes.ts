import { privacyMarks } from '../privacy/privacy.rules.ts';
import { moderationMarks } from '../quality/moderation.rules.ts';
import { qualityMarks } from '../quality/quality-codes.ts';
import { titleOfCode } from './sft/finding-codes.ts';

/**
 * Titles of the marks that features other than the format checks make, by code. A feature adds its own list here:
 * `{ ...qualityMarks, ...privacyMarks }`.
 */
const markTitles: Readonly<Record<string, string>> = {
  ...qualityMarks,
  ...privacyMarks,
  ...moderationMarks,
};

/** Title of a finding or a mark for people; the code itself when a newer version made it. */
export function titleOfFinding(code: string): string {
  return Object.hasOwn(markTitles, code) ? (markTitles[code] ?? code) : titleOfCode(code);
}
