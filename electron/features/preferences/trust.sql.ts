import { createHash } from 'node:crypto';
import type { Choice, VerdictRole } from '../../../shared/features/preferences/preferences.model.ts';
import type { Db } from '../../core/ports.ts';

/** A verdict that holds, as it was given: `choice` names the sides as shown. */
export type GivenRow = {
  readonly pairId: number;
  /** The pair, or the one it repeats. */
  readonly first: number;
  readonly isRepeat: number;
  readonly promptId: number;
  readonly reviewer: string;
  readonly role: VerdictRole;
  readonly choice: Choice | null;
  readonly rating: number | null;
  readonly strength: 1 | 2 | 3 | null;
  readonly reasons: string;
  /** The answer that the better one was edited into. */
  readonly ideal: number | null;
  readonly elapsedMs: number;
  readonly a: number;
  readonly b: number | null;
  readonly aCharacters: number;
  readonly bCharacters: number | null;
};

/** All verdicts of a set that hold, in the order they were given. */
export function givenRows(db: Db, key: number): GivenRow[] {
  return db
    .prepare<GivenRow>(
      `SELECT v.pair_id AS pairId, COALESCE(p.repeat_of, p.id) AS first, p.repeat_of IS NOT NULL AS isRepeat,
              p.prompt_id AS promptId, v.reviewer, v.role, v.choice, v.rating, v.strength, v.reasons,
              v.ideal_candidate AS ideal,
              v.elapsed_ms AS elapsedMs, p.a_candidate AS a, p.b_candidate AS b,
              a.characters AS aCharacters, b.characters AS bCharacters
       FROM preference_verdicts v JOIN preference_pairs p ON p.id = v.pair_id
       JOIN preference_candidates a ON a.id = p.a_candidate
       LEFT JOIN preference_candidates b ON b.id = p.b_candidate
       WHERE v.preference_set = ? AND v.state = 'current' ORDER BY v.id`,
    )
    .all(key);
}

/** A prompt as the rules see it: `hash` is the same for the same conversation, `cluster` for nearly the same. */
export type PromptRow = {
  readonly input: string;
  readonly preview: string;
  readonly hash: string;
  readonly cluster: number;
};
/** An answer; `hash` is the same for the same text. */
export type AnswerRow = { readonly message: string; readonly preview: string; readonly hash: string };

/** Prompts and answers by their ids, each read when it is first asked for. */
export function createTexts(db: Db) {
  const promptOf = db.prepare<PromptRow>(
    'SELECT input, preview, lower(hex(prompt_hash)) AS hash, cluster FROM preference_prompts WHERE id = ?',
  );
  const answerOf = db.prepare<Omit<AnswerRow, 'hash'>>(
    'SELECT message, preview FROM preference_candidates WHERE id = ?',
  );
  const hashes = new Map<number, string>();
  const answer = (id: number): Omit<AnswerRow, 'hash'> => answerOf.get(id) ?? { message: '{}', preview: '' };
  return {
    prompt: (id: number): PromptRow =>
      promptOf.get(id) ?? { input: '{"messages":[]}', preview: '', hash: '', cluster: -1 },
    answer,
    /** Messages are stored in one spelling, so equal texts are equal messages. */
    hashOf(id: number): string {
      const known = hashes.get(id);
      if (known !== undefined) return known;
      const hash = createHash('sha256').update(answer(id).message, 'utf8').digest('base64');
      hashes.set(id, hash);
      return hash;
    },
  };
}
export type Texts = ReturnType<typeof createTexts>;

/** Answers to a prompt beside the two of a pair. */
export function answersTo(db: Db, promptId: number): { id: number; message: string }[] {
  return db
    .prepare<{ id: number; message: string }>(
      'SELECT id, message FROM preference_candidates WHERE prompt_id = ? AND edited_from IS NULL ORDER BY ordinal',
    )
    .all(promptId);
}

/** Who wrote an answer. Only for sets whose sources may be seen. */
export function sourceOf(db: Db, candidateId: number): string {
  return (
    db.prepare<{ source: string }>('SELECT source FROM preference_candidates WHERE id = ?').get(candidateId)
      ?.source ?? ''
  );
}

/** Pairs that wait for an adjudicator: how many, the first of them, and how many an adjudicator has settled. */
export function disputesOf(db: Db, key: number, most: number) {
  const count = (sql: string): number => db.prepare<{ n: number }>(sql).get(key)?.n ?? 0;
  return {
    open: count('SELECT COUNT(*) AS n FROM preference_pairs WHERE preference_set = ? AND is_disputed = 1'),
    settled: count(
      `SELECT COUNT(DISTINCT pair_id) AS n FROM preference_verdicts
       WHERE preference_set = ? AND role = 'adjudicator' AND state = 'current'`,
    ),
    first: db
      .prepare<{ pairId: number; position: number; prompt: string }>(
        `SELECT p.id AS pairId, p.position, q.preview AS prompt
         FROM preference_pairs p JOIN preference_prompts q ON q.id = p.prompt_id
         WHERE p.preference_set = ? AND p.is_disputed = 1 ORDER BY p.position LIMIT ?`,
      )
      .all(key, most),
  };
}
