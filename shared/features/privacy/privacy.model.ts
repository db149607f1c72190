import { z } from 'zod';

/** What kind of personal data or secret a text holds; the one documented list (issue 3, section 7). */
export const personalDataTypes = [
  'PERSON',
  'ADDRESS',
  'LOCATION',
  'ORGANIZATION',
  'PHONE',
  'EMAIL',
  'CREDIT_CARD',
  'IBAN',
  'IP',
  'URL',
  'DATE_TIME',
  'AGE',
  'ID_NUMBER',
  'SECRET',
  'OTHER',
] as const;
export const personalDataType = z.enum(personalDataTypes);
export type PersonalDataType = z.infer<typeof personalDataType>;

/** How sure a rule is that the characters are of that type; not how bad it would be. */
export const confidences = ['high', 'medium', 'low'] as const;
export const confidence = z.enum(confidences);
export type Confidence = z.infer<typeof confidence>;

/** A place in one text, in UTF-16 units from `start` up to, not with, `end`, and the rule that found it. */
export type Detection = {
  readonly start: number;
  readonly end: number;
  readonly type: PersonalDataType;
  readonly confidence: Confidence;
  readonly rule: string;
};
