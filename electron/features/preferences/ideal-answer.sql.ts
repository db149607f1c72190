import type { AnswerMessage } from '../../../shared/features/preferences/preferences.model.ts';
import { readFacts } from '../../../shared/features/datasets/example-facts.ts';
import type { Db } from '../../core/ports.ts';

/** Keeps a rewritten answer beside the one it was made from; answers its id. Its tokens are counted when it is used. */
export function insertIdeal(
  db: Db,
  ideal: { from: number; message: AnswerMessage; reviewer: string; at: number },
): number {
  const { message } = ideal;
  const preview = readFacts({ messages: [{ role: 'user', content: '' }, message] }).texts.previews().answer;
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO preference_candidates (prompt_id, ordinal, message, preview, source, characters, tokens, edited_from,
                                          created_at)
       SELECT prompt_id, (SELECT MAX(ordinal) + 1 FROM preference_candidates o WHERE o.prompt_id = c.prompt_id),
              ?, ?, ?, ?, 0, id, ?
       FROM preference_candidates c WHERE id = ?`,
    )
    .run(
      JSON.stringify(message),
      preview,
      `edited by ${ideal.reviewer}`,
      typeof message.content === 'string' ? message.content.length : 0,
      ideal.at,
      ideal.from,
    );
  return Number(lastInsertRowid);
}
