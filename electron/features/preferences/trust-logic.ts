import { comparableText } from '../../../shared/features/quality/near-duplicates/comparable-text.ts';
import { createJaccard } from '../../../shared/features/quality/near-duplicates/jaccard.ts';
import { planSketches } from '../../../shared/features/quality/near-duplicates/sketch.ts';
import {
  checkLogic,
  type DecidedPairs,
  type LogicFinding,
  logicKinds,
} from '../../../shared/features/preferences/logic.rules.ts';
import { usualPolicy } from '../../../shared/features/preferences/outcome.model.ts';
import { turned } from '../../../shared/features/preferences/outcome.rules.ts';
import type {
  AnswerMessage,
  Choice,
  PromptInput,
} from '../../../shared/features/preferences/preferences.model.ts';
import type { TrustFinding, TrustLogic } from '../../../shared/features/preferences/trust.model.ts';
import type { Db } from '../../core/ports.ts';
import type { BrokenCheck, CheckedAnswer, CheckedBefore } from './answer-checks.ts';
import { findOutcomes } from './outcome-rows.ts';
import { createPromptClusters } from './prompt-clusters.ts';
import type { SetRow } from './sets.sql.ts';
import { createNumbers } from './trust-agreement.ts';
import { answersTo, type GivenRow, type Texts } from './trust.sql.ts';

/** Words of a shingle and their likeness from which two sides are nearly the same: stricter than near duplicates. */
const sides = { shingle: 3, likeness: 0.9 };
const mostFindings = 200;
const mostPairsNamed = 200;
const mostPairsOfKind = 1000;

/** One thing that was said of a pair, its choice turned to the sides of the first showing. */
type Said = {
  readonly pairId: number;
  readonly promptId: number;
  readonly a: number;
  readonly b: number;
  readonly choice: Choice;
  readonly strength: number;
  readonly reviewer: string;
  readonly ideal: number | null;
};
type Look = {
  readonly db: Db;
  readonly texts: Texts;
  readonly check: (one: CheckedAnswer) => BrokenCheck[];
  readonly before: CheckedBefore;
};

/** Looks for contradictions in what reviewers said; a pair that was adjudicated says only what the adjudicator said. */
export function logicOf(
  set: SetRow,
  rows: readonly GivenRow[],
  look: Look,
): { logic: TrustLogic; checked: CheckedBefore } {
  const said = saidOf(rows);
  const checked = brokenOf(said, look);
  const { broken } = checked;
  const report = checkLogic(decidedPairs(said, { look, broken }));
  const pairOf = (place: number): number => said[place]?.pairId ?? 0;
  const pairsOf = (finding: LogicFinding): number[] => [...new Set(finding.pairs.map(pairOf))];
  const affected = new Set(report.findings.flatMap(pairsOf));
  const training = findOutcomes(look.db, set, {
    ...usualPolicy,
    deduplicate: 'none',
    onOpposite: 'keep',
  }).rows;
  const logic: TrustLogic = {
    decided: new Set(said.map(({ pairId }) => pairId)).size,
    affected: affected.size,
    trainingPairs: training.length,
    affectedTrainingPairs: training.filter(({ pairId }) => affected.has(pairId)).length,
    kinds: logicKinds.map((kind) => {
      const own = report.findings.filter((finding) => finding.kind === kind);
      const pairs = new Set(own.flatMap(pairsOf));
      return { kind, findings: own.length, pairs: pairs.size, pairIds: [...pairs].slice(0, mostPairsOfKind) };
    }),
    findings: report.findings
      .slice(0, mostFindings)
      .map((finding) => findingOf(finding, said, { texts: look.texts, broken })),
    total: report.findings.length,
  };
  return { logic, checked };
}

/** What was said, in the order it was said, of the pair as it was first shown. */
function saidOf(rows: readonly GivenRow[]): Said[] {
  const firsts = new Map<number, readonly [a: number, b: number]>();
  const settled = new Set<number>();
  for (const { first, isRepeat, a, b, role } of rows) {
    if (b === null) continue;
    firsts.set(first, isRepeat === 1 ? [b, a] : [a, b]);
    if (role === 'adjudicator') settled.add(first);
  }
  return rows.flatMap((row) => {
    const [a, b] = firsts.get(row.first) ?? [];
    const choice = row.isRepeat === 1 ? turned(row.choice) : row.choice;
    if (a === undefined || b === undefined || choice === null) return [];
    if (settled.has(row.first) && row.role !== 'adjudicator') return [];
    const { promptId, reviewer, ideal } = row;
    return [{ pairId: row.first, promptId, a, b, choice, strength: row.strength ?? 1, reviewer, ideal }];
  });
}

const winnerOf = ({ choice, a, b }: Said): number | null => (choice === 'a' ? a : choice === 'b' ? b : null);

/** What would be trained on: the better answer, or what a reviewer made of it. */
const trainedOf = (one: Said): number | null =>
  winnerOf(one) === null ? null : (one.ideal ?? winnerOf(one));

/** What each preferred answer breaks, by its id; only those that break something. */
function brokenOf(said: readonly Said[], { db, texts, check, before }: Look): CheckedBefore {
  const found = new Map(before.broken);
  const looked = new Set(before.ids);
  for (const one of said) {
    const trained = trainedOf(one);
    if (trained === null || looked.has(trained)) continue;
    looked.add(trained);
    const broken = check({
      input: JSON.parse(texts.prompt(one.promptId).input) as PromptInput,
      answer: JSON.parse(texts.answer(trained).message) as AnswerMessage,
      others: answersTo(db, one.promptId)
        .filter(({ id }) => id !== winnerOf(one))
        .map(({ message }) => JSON.parse(message) as AnswerMessage),
    });
    if (broken.length > 0) found.set(trained, broken);
  }
  return { ids: Uint32Array.from(looked), broken: found };
}

function decidedPairs(
  said: readonly Said[],
  { look, broken }: { look: Look; broken: ReadonlyMap<number, readonly BrokenCheck[]> },
): DecidedPairs {
  const { texts } = look;
  const [prompts, answers] = [createNumbers<string>(), createNumbers<string>()];
  const numberOf = (id: number): number => answers.of(texts.hashOf(id));
  const lefts = Int32Array.from(said, ({ a }) => numberOf(a));
  const rights = Int32Array.from(said, ({ b }) => numberOf(b));
  const clusterOf = answerClusters(said, texts, numberOf);
  // A pair that several judged is one finding, not as many as there are verdicts on it.
  const once = () => {
    const seen = new Set<string>();
    return (key: string): boolean => !seen.has(key) && seen.add(key).has(key);
  };
  const [isFirstWinner, isFirstOfPair] = [once(), once()];
  const areAlike = createLikeness(texts);
  return {
    prompts: Int32Array.from(said, ({ promptId }) => prompts.of(texts.prompt(promptId).hash)),
    lefts,
    rights,
    winners: Int8Array.from(said, ({ choice }) => (choice === 'a' ? -1 : choice === 'b' ? 1 : 0)),
    strengths: Uint8Array.from(said, ({ strength }) => strength),
    promptClusters: Int32Array.from(said, ({ promptId }) => texts.prompt(promptId).cluster),
    leftClusters: lefts.map(clusterOf),
    rightClusters: rights.map(clusterOf),
    alike: Uint8Array.from(said, (one) => Number(isFirstOfPair(String(one.pairId)) && areAlike(one))),
    broken: Uint8Array.from(said, (one) => {
      const trained = trainedOf(one);
      return Number(trained !== null && broken.has(trained) && isFirstWinner(`${one.pairId} ${trained}`));
    }),
  };
}

/** The first answer (by number) that says nearly the same; looked for only where a prompt has a near duplicate. */
function answerClusters(
  said: readonly Said[],
  texts: Texts,
  numberOf: (id: number) => number,
): (answer: number) => number {
  const promptsOf = new Map<number, Set<number>>();
  for (const { promptId } of said) {
    const { cluster } = texts.prompt(promptId);
    const known = promptsOf.get(cluster) ?? new Set();
    promptsOf.set(cluster, known.add(promptId));
  }
  const search = createPromptClusters();
  const rows: number[] = [];
  const added = new Set<number>();
  for (const { promptId, a, b } of said) {
    if ((promptsOf.get(texts.prompt(promptId).cluster)?.size ?? 0) < 2) continue;
    for (const id of [a, b]) {
      const answer = numberOf(id);
      if (added.has(answer)) continue;
      added.add(answer);
      rows.push(answer);
      const message = JSON.parse(texts.answer(id).message) as AnswerMessage;
      search.add({ input: { messages: [message] }, key: String(answer) });
    }
  }
  const clusters = search.find();
  const first = new Map(rows.map((answer, row) => [answer, rows[clusters[row] ?? row] ?? answer]));
  return (answer) => first.get(answer) ?? answer;
}

function createLikeness(texts: Texts): (one: Said) => boolean {
  const { shingle, likeness } = sides;
  const jaccard = createJaccard(planSketches({ shingle }).shingle);
  const textOf = (id: number): string => comparableText(JSON.parse(texts.answer(id).message));
  return ({ a, b }) => {
    if (texts.hashOf(a) === texts.hashOf(b)) return true;
    return jaccard.of(jaccard.set(textOf(a)), jaccard.set(textOf(b))) >= likeness;
  };
}

function findingOf(
  { kind, pairs, judgeFirst, cycle }: LogicFinding,
  said: readonly Said[],
  { texts, broken }: { texts: Texts; broken: ReadonlyMap<number, readonly BrokenCheck[]> },
): TrustFinding {
  const all = pairs.flatMap((place) => said[place] ?? []);
  const pairIds = [...new Set(all.map(({ pairId }) => pairId))];
  const first = said[judgeFirst];
  const trained = first ? trainedOf(first) : null;
  return {
    kind,
    pairIds: pairIds.slice(0, mostPairsNamed),
    pairs: pairIds.length,
    judgeFirst: first?.pairId ?? 0,
    isDispute:
      kind === 'opposite_winners' &&
      pairIds.length === 1 &&
      new Set(all.map(({ reviewer }) => reviewer)).size > 1,
    prompt: first ? texts.prompt(first.promptId).preview : '',
    cycle:
      cycle === null
        ? null
        : {
            answers: cycle.pairs.flatMap((place) => {
              const one = said[place];
              const better = one ? winnerOf(one) : null;
              return one && better !== null
                ? [{ preview: texts.answer(better).preview, pairId: one.pairId }]
                : [];
            }),
            isShortest: cycle.isShortest,
          },
    broken: kind === 'winner_breaks_check' && trained !== null ? [...(broken.get(trained) ?? [])] : [],
  };
}
