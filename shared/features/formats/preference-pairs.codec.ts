import { looksLikeMessages, message, messagesOf } from './chat.ts';
import { answerMessages } from './chat-rows.ts';
import { example, makeCodec } from './codec.ts';
import { pick, unpacked, without } from './json-values.ts';
import { Unfit } from './losses.ts';
import { toTools } from './tool-calls.ts';
import { dpoValue } from './trainer-rows.ts';

const preferredKeys = ['preferred', 'preferred_answer', 'preferred_response', 'preferred_output', 'winner'];
const rejectedKeys = [
  'rejected',
  'non_preferred',
  'dispreferred',
  'rejected_answer',
  'rejected_response',
  'non_preferred_output',
  'loser',
];
const promptKeys = ['messages', 'prompt', 'input', 'question'];

/** The form of articles and older guides: `messages` with `preferred` and `rejected`. */
export const preferencePairs = makeCodec({
  name: 'preference-pairs',
  title: 'Messages, preferred, rejected',
  fit(row) {
    const isPair = pick(row, preferredKeys) !== null && pick(row, rejectedKeys) !== null;
    const prompt = pick(row, promptKeys);
    if (!isPair || prompt === null) return null;
    const isChat = looksLikeMessages(prompt.value);
    return {
      sureness: isChat ? 0.98 : 0.9,
      method: 'dpo',
      why: `“${prompt.key}” with a preferred and a rejected answer.`,
    };
  },
  read(row, losses) {
    const prompt = pick(row, promptKeys);
    const preferred = pick(row, preferredKeys);
    const rejected = pick(row, rejectedKeys);
    if (prompt === null || preferred === null || rejected === null) {
      throw new Unfit('The row has no prompt with a preferred and a rejected answer.');
    }
    const asked = unpacked(prompt.value);
    const messages = typeof asked === 'string' ? [message('user', asked)] : messagesOf(asked, prompt.key);
    const sides = [preferred, rejected].map(({ key, value }) => {
      const answer = answerMessages(value);
      if (answer === null) throw new Unfit(`“${key}” is neither a text nor messages.`);
      return answer;
    });
    const tools = row.tools === undefined || row.tools === null ? undefined : toTools(row.tools, losses);
    const value = dpoValue({ messages, tools, preferred: sides[0] ?? [], rejected: sides[1] ?? [] });
    return example('dpo', value, without(row, [prompt.key, preferred.key, rejected.key, 'tools']));
  },
});
