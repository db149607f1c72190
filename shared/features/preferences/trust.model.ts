import { z } from 'zod';
import { logicKinds } from './logic.rules.ts';

const count = z.number().int().nonnegative();

/** A value with the ends of its 95 % interval. */
export const interval = z.object({ estimate: z.number(), low: z.number(), high: z.number() });

/** A share with its exact 95 % interval and the exact two-sided p against one half. */
export const testedShare = interval.extend({ p: z.number() });

/** A coefficient of agreement; without a value, `why` says the reason. `units` were rated at least twice. */
export const agreement = z.object({
  value: interval.nullable(),
  why: z.enum(['no_overlap', 'one_category']).nullable(),
  units: count,
  draws: count,
  undefinedDraws: count,
});
export type AgreementFigure = z.infer<typeof agreement>;

/** Two reviewers on the pairs that both judged. Weighted κ goes by the steps of a preference, or by stars. */
export const reviewerAgreement = z.object({
  first: z.string(),
  second: z.string(),
  pairs: count,
  percent: agreement,
  kappa: agreement,
  weightedKappa: agreement.nullable(),
});
export type ReviewerAgreement = z.infer<typeof reviewerAgreement>;

/** Whether reviewers give one reason for the same pairs; `given` verdicts name it. */
export const reasonAgreement = z.object({
  code: z.string(),
  given: count,
  percent: agreement,
  alpha: agreement,
});

/** Agreement of reviewers on their first look at pairs; repeats and adjudications are not in it. */
export const trustAgreement = z.object({
  /** Pairs that two or more reviewers judged. */
  overlap: count,
  percent: agreement,
  alphaNominal: agreement,
  alphaOrdinal: agreement,
  reviewers: z.array(reviewerAgreement),
  reasons: z.array(reasonAgreement),
});
export type TrustAgreement = z.infer<typeof trustAgreement>;

/** A reviewer's figures stand beside those of all together, whose `reviewer` is null. */
const ofReviewer = z.object({ reviewer: z.string().nullable() });

/** What came of repeats with their sides swapped. In a set of ratings the same stars are `same`, others `softened`. */
export const consistency = ofReviewer.extend({
  repeats: count,
  same: count,
  leftTwice: count,
  rightTwice: count,
  softened: count,
  share: testedShare.nullable(),
});
export type Consistency = z.infer<typeof consistency>;

/** Share of the left side among the choices of a side, as shown on screen. */
export const position = ofReviewer.extend({
  left: count,
  right: count,
  neither: count,
  share: testedShare.nullable(),
});
export type PositionFigure = z.infer<typeof position>;

/** A logistic slope or intercept, in log odds. */
const coefficient = interval.extend({ p: z.number() });

/** How winning goes with length. The slope is per 100 characters; the intercept is what the left side adds. */
export const lengthFigure = ofReviewer.extend({
  pairs: count,
  longer: testedShare.nullable(),
  model: z.discriminatedUnion('state', [
    z.object({ state: z.literal('fitted'), slope: coefficient, intercept: coefficient }),
    z.object({ state: z.literal('separated'), direction: z.union([z.literal(-1), z.literal(1)]) }),
    z.object({ state: z.enum(['no_variation', 'one_outcome', 'no_data', 'not_converged']) }),
  ]),
});
export type LengthFigure = z.infer<typeof lengthFigure>;

/** Times of one reviewer, with the pairs (at most 1,000) whose verdicts stand out. */
export const speed = z.object({
  reviewer: z.string(),
  verdicts: count,
  medianMs: z.number().nullable(),
  medianCharactersPerSecond: z.number().nullable(),
  /** Faster than anybody reads. */
  unread: count,
  hurried: count,
  paused: count,
  fastPairs: z.array(count),
  slowPairs: z.array(count),
});
export type SpeedFigure = z.infer<typeof speed>;

/** A hard check that a preferred answer can break. */
export const hardCheck = z.enum(['not_json', 'call_unknown', 'call_arguments', 'personal_data']);
export type HardCheck = z.infer<typeof hardCheck>;

export const logicKind = z.enum(logicKinds);

/** What contradicts what; `judgeFirst` is the pair with the least behind it. */
export const logicFinding = z.object({
  kind: logicKind,
  /** All pairs concerned, at most 200, and how many there are. */
  pairIds: z.array(count),
  pairs: count,
  judgeFirst: count,
  /** Whether reviewers differ on one pair, which an adjudicator settles; else a verdict is to be looked at again. */
  isDispute: z.boolean(),
  prompt: z.string(),
  /** Each better than the next, the last better than the first; `pairId` says so. */
  cycle: z
    .object({ answers: z.array(z.object({ preview: z.string(), pairId: count })), isShortest: z.boolean() })
    .nullable(),
  broken: z.array(z.object({ check: hardCheck, detail: z.string() })),
});
export type TrustFinding = z.infer<typeof logicFinding>;

/** Contradictions in what was decided, in the order to mend them; the list ends at 200. */
export const trustLogic = z.object({
  /** Pairs somebody decided. */
  decided: count,
  affected: count,
  /** Rows that the usual policy would make of the set, and how many of them come from an affected pair. */
  trainingPairs: count,
  affectedTrainingPairs: count,
  kinds: z.array(z.object({ kind: logicKind, findings: count, pairs: count, pairIds: z.array(count) })),
  findings: z.array(logicFinding),
  total: count,
});
export type TrustLogic = z.infer<typeof trustLogic>;

/** One source, or one answer to a prompt. `strength` is a log strength, centred; `winRate` counts a tie as half. */
export const player = z.object({
  name: z.string(),
  strength: interval,
  winRate: interval.nullable(),
  wins: count,
  ties: count,
  losses: count,
});
export type Player = z.infer<typeof player>;

const ranking = z.object({
  players: z.array(player),
  /** Why the strengths were drawn to the middle; null when they were not. */
  message: z.string().nullable(),
  comparisons: count,
});

/**
 * Bradley–Terry strengths. `hidden` while the set is blind: then nothing here says who wrote what. `prompts` ranks the
 * answers of single prompts with three or more of them that were compared, those with the most verdicts first.
 */
export const trustStrengths = z.discriminatedUnion('state', [
  z.object({ state: z.literal('hidden') }),
  z.object({ state: z.literal('none'), why: z.enum(['ratings', 'no_verdicts', 'one_source', 'too_many']) }),
  z.object({
    state: z.literal('shown'),
    sources: ranking,
    prompts: z.array(ranking.extend({ prompt: z.string(), pairIds: z.array(count) })),
  }),
]);
export type TrustStrengths = z.infer<typeof trustStrengths>;

/**
 * A pair on which reviewers, or a reviewer and their own repeat, do not agree. What each of them said is not told here:
 * who has still to judge the pair would be led by it.
 */
export const dispute = z.object({
  pairId: count,
  position: count,
  prompt: z.string(),
  reviewers: z.array(z.string()),
});
export type Dispute = z.infer<typeof dispute>;

/** How far the verdicts of a set can be trusted. */
export const trustReport = z.object({
  verdicts: count,
  /** Names of all who judged, in order. */
  reviewers: z.array(z.string()),
  agreement: trustAgreement,
  consistency: z.array(consistency),
  /** Only of pairs. */
  position: z.array(position),
  length: z.array(lengthFigure),
  speed: z.array(speed),
  /** Null in a set of ratings. */
  logic: trustLogic.nullable(),
  strengths: trustStrengths,
  disputes: z.object({ open: count, settled: count, first: z.array(dispute) }),
});
export type TrustReport = z.infer<typeof trustReport>;
