import { confidences, type Detection, type PersonalDataType, personalDataTypes } from '../privacy.model.ts';

/*
 * Two rules may see the same characters. What stays is decided place by place, so that the result does not depend on the
 * order of the rules: the more certain one, then the longer one, then the type that comes first here.
 */
const order: readonly PersonalDataType[] = [
  'SECRET',
  'CREDIT_CARD',
  'IBAN',
  'EMAIL',
  'URL',
  'IP',
  'ID_NUMBER',
  'ADDRESS',
  'PHONE',
  'DATE_TIME',
  'PERSON',
  'ORGANIZATION',
  'LOCATION',
  'AGE',
  'OTHER',
];
const rank = new Map(personalDataTypes.map((type) => [type, order.indexOf(type)]));

/** Keeps what no surer, longer or graver detection overlaps, in order of place; `length` is that of the text. */
export function resolveOverlaps(found: readonly Detection[], length: number): Detection[] {
  if (found.length < 2) return [...found];
  const best = found.toSorted(
    (a, b) =>
      confidences.indexOf(a.confidence) - confidences.indexOf(b.confidence) ||
      b.end - b.start - (a.end - a.start) ||
      (rank.get(a.type) ?? 0) - (rank.get(b.type) ?? 0) ||
      a.start - b.start,
  );
  const taken = new Uint8Array(length);
  const kept = best.filter(({ start, end }) => {
    if (taken.subarray(start, end).includes(1)) return false;
    taken.fill(1, start, end);
    return true;
  });
  return kept.toSorted((a, b) => a.start - b.start);
}
