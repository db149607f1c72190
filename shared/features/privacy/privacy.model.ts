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

/** What becomes of a detection: open until it is masked, replaced by a pseudonym, dropped with its example, edited away, or kept with a reason. */
export const detectionStates = ['open', 'masked', 'pseudonymised', 'dropped', 'edited', 'kept'] as const;
export const detectionState = z.enum(detectionStates);
export type DetectionState = z.infer<typeof detectionState>;

/** How grave it is when such data leaves: error, warning, info as everywhere. */
export const gravities = ['error', 'warning', 'info'] as const;
export const gravity = z.enum(gravities);
export type Gravity = z.infer<typeof gravity>;

/** When data may leave this machine; per workspace. */
export const gateSetting = z.object({
  isOn: z.boolean(),
  /** Open detections of this gravity or a graver one hold the data back … */
  minGravity: gravity,
  /** … when they are at least this certain. */
  minConfidence: confidence,
  /** Holds back what was not looked at whole with the present rules. */
  mustBeScanned: z.boolean(),
});
export type GateSetting = z.infer<typeof gateSetting>;

/** Counts of one type in a data set. */
export const typeCount = z.object({
  type: personalDataType,
  gravity,
  open: z.object({ high: z.number().int(), medium: z.number().int(), low: z.number().int() }),
  resolved: z.number().int(),
});
export type TypeCount = z.infer<typeof typeCount>;

/** How well the rules did on the labelled texts that ship with them; shares of 1, null where nothing was expected. */
export const measurement = z.object({
  rulesVersion: z.number().int(),
  texts: z.number().int(),
  types: z.array(
    z.object({
      type: personalDataType,
      labelled: z.number().int(),
      precision: z.number().nullable(),
      recall: z.number().nullable(),
    }),
  ),
  all: z.object({ labelled: z.number().int(), precision: z.number(), recall: z.number() }),
});
export type Measurement = z.infer<typeof measurement>;

/** Why data is held back; `what` and `todo` are for the person. */
export const gateBlock = z.object({ unresolved: z.number().int(), what: z.string(), todo: z.string() });
export type GateBlock = z.infer<typeof gateBlock>;

export const overview = z.object({
  /** Null before the first scan. */
  scan: z.object({ rulesVersion: z.number().int(), scannedAt: z.number().int() }).nullable(),
  rulesVersion: z.number().int(),
  examples: z.number().int(),
  /** Examples that the present rules have not looked at: new, changed, or scanned with older rules. */
  unscanned: z.number().int(),
  found: z.number().int(),
  states: z.record(detectionState, z.number().int()),
  types: z.array(typeCount),
  gate: gateSetting,
  block: gateBlock.nullable(),
  /** Whether reversible pseudonyms are possible; else why not. */
  pseudonyms: z.object({ isPossible: z.boolean(), reason: z.string() }),
  measured: measurement,
});
export type Overview = z.infer<typeof overview>;

/** A detection with the text around it; `before` and `after` are cut to some words. */
export const detectionView = z.object({
  detectionId: z.string(),
  exampleId: z.number().int(),
  position: z.number().int(),
  pointer: z.string(),
  type: personalDataType,
  gravity,
  confidence,
  rule: z.string(),
  before: z.string(),
  match: z.string(),
  after: z.string(),
  state: detectionState,
  reason: z.string().nullable(),
});
export type DetectionView = z.infer<typeof detectionView>;

/** Which open detections an action is for: the named ones, or all of a type with the given confidences. */
export const whichDetections = z.union([
  z.object({
    detectionIds: z
      .array(z.string().regex(/^\d+:\d+$/))
      .min(1)
      .max(5000),
  }),
  z.object({ type: personalDataType, confidences: z.array(confidence).min(1) }),
]);
export type WhichDetections = z.infer<typeof whichDetections>;
