import { makeCodec } from './codec.ts';
import { type Losses, Unfit } from './losses.ts';
import { type ShareGptRow, sharegpt, toRow, writeShareGpt } from './sharegpt.codec.ts';
import type { Turn } from './sharegpt-turns.ts';

const service = 'LLaMA-Factory';
/** How LLaMA-Factory itself puts the results of several calls into one turn. */
const betweenResults = '\n</tool_response>\n<tool_response>\n';

/**
 * LLaMA-Factory's ShareGPT: a system turn may come first, then people and tools take turns with answers and calls. It
 * drops rows that do otherwise; here they are left out with the reason.
 */
export const llamaFactory = makeCodec({
  name: 'llama-factory',
  title: 'LLaMA-Factory',
  // Its rows are ShareGPT's or Alpaca's, whose codecs speak up.
  fit: () => null,
  read(row, losses) {
    const outcome = sharegpt.read(row);
    if (outcome.kind === 'unreadable') throw new Unfit(outcome.reason);
    losses.addAll(outcome.losses);
    return outcome.example;
  },
  write(one, { losses }) {
    const style = { hasWeights: false, isStrict: true };
    return toRow(inTurns(writeShareGpt(one, { service, style }, losses), losses));
  },
});

function inTurns(row: ShareGptRow, losses: Losses): ShareGptRow {
  const turns = joinResults(row.turns, losses);
  const spoken = turns[0]?.from === 'system' ? turns.slice(1) : turns;
  for (const [index, { from }] of spoken.entries()) {
    const isAnswer = from === 'gpt' || from === 'function_call';
    if (from === 'system') throw new Unfit('LLaMA-Factory takes one system message, at the beginning.');
    if (isAnswer !== (index % 2 === 1)) {
      throw new Unfit('LLaMA-Factory drops rows in which questions and answers do not take turns.');
    }
  }
  const isPair = row.chosen !== null;
  if ((spoken.length % 2 === 0) === isPair || spoken.length === 0) {
    throw new Unfit(
      isPair ? 'The prompt of a pair must end with a question.' : 'The row does not end with an answer.',
    );
  }
  return { ...row, turns };
}

function joinResults(turns: readonly Turn[], losses: Losses): readonly Turn[] {
  const joined: Turn[] = [];
  for (const turn of turns) {
    const last = joined.at(-1);
    if (turn.from === 'observation' && last?.from === 'observation') {
      losses.add('messages.tool_call_id', 'LLaMA-Factory takes the results of several calls as one turn.');
      joined[joined.length - 1] = { ...last, value: last.value + betweenResults + turn.value };
    } else joined.push(turn);
  }
  return joined;
}

/** The entry that `dataset_info.json` needs for a file of such rows. */
export function datasetInfo(fileName: string, about: { isPair: boolean; columns: ReadonlySet<string> }) {
  const optional = ['tools', 'images'].filter((column) => about.columns.has(column));
  return {
    file_name: fileName,
    formatting: 'sharegpt',
    ...(about.isPair ? { ranking: true } : {}),
    columns: {
      messages: 'conversations',
      ...Object.fromEntries(optional.map((column) => [column, column])),
      ...(about.isPair ? { chosen: 'chosen', rejected: 'rejected' } : {}),
    },
    tags: {
      role_tag: 'from',
      content_tag: 'value',
      user_tag: 'human',
      assistant_tag: 'gpt',
      observation_tag: 'observation',
      function_tag: 'function_call',
      system_tag: 'system',
    },
  };
}
