import type { JsonObject } from '../datasets/read-line.ts';
import { message, roleNamed } from './chat.ts';
import { example, makeCodec } from './codec.ts';
import type { CanonicalExample } from './formats.model.ts';
import { pick, without } from './json-values.ts';
import { type Losses, Unfit } from './losses.ts';

const roleKeys = ['role', 'speaker', 'from', 'sender', 'author', 'who', 'participant'];
const textKeys = ['content', 'text', 'message', 'value', 'utterance', 'body'];
const groupKeys = [
  'conversation_id',
  'conversationid',
  'conversation',
  'dialog_id',
  'dialogue_id',
  'session_id',
  'thread_id',
  'ticket_id',
  'chat_id',
  'case_id',
  'session',
  'thread',
  'ticket',
];
const turnKeys = ['turn', 'turn_id', 'turn_index', 'index', 'position', 'seq', 'sequence'];

/**
 * A transcript: one row for each turn, with a column for the role. Rows with the same conversation belong together, in the
 * order that a column of turns says; without a column of conversations one begins where the turns are counted anew or the
 * system speaks.
 */
export const transcript = makeCodec({
  name: 'transcript',
  title: 'Transcript with a role column',
  fit(row) {
    const role = pick(row, roleKeys);
    const text = pick(row, textKeys);
    if (role === null || text === null || typeof text.value !== 'string') return null;
    if (roleNamed(role.value) === null) return null;
    const hasGroup = pick(row, groupKeys) !== null;
    return {
      sureness: hasGroup ? 0.9 : 0.7,
      method: 'sft',
      why: `“${role.key}” and “${text.key}” of one turn each.`,
    };
  },
  read: (row, losses) => readAll([row], losses),
  join: {
    beginsExample(row, previous) {
      const [group, last] = [pick(row, groupKeys), pick(previous, groupKeys)];
      if (group !== null || last !== null) return group?.value !== last?.value || group?.key !== last?.key;
      const [turn, before] = [pick(row, turnKeys), pick(previous, turnKeys)];
      if (turn !== null && before !== null) return Number(turn.value) <= Number(before.value);
      const role = roleNamed(pick(row, roleKeys)?.value);
      return role === 'system' && roleNamed(pick(previous, roleKeys)?.value) !== 'system';
    },
    groupOf(row) {
      const group = pick(row, groupKeys);
      const isNamed = group !== null && group.value !== null && group.value !== '';
      return !isNamed ? null : `${group.key} ${JSON.stringify(group.value)}`;
    },
    readAll,
  },
});

function readAll(found: readonly JsonObject[], losses: Losses): CanonicalExample {
  const messages = inOrder(found).map((row, index) => {
    const role = pick(row, roleKeys);
    const text = pick(row, textKeys);
    if (role === null || text === null) throw new Unfit(`Turn ${index + 1} has no role or no text.`);
    const name = roleNamed(role.value);
    if (name === null)
      throw new Unfit(`Turn ${index + 1} is from “${String(role.value)}”, which is no known role.`);
    const content = typeof text.value === 'string' ? text.value : JSON.stringify(text.value);
    const order = pick(row, turnKeys);
    const used = [role.key, text.key, ...(order === null ? [] : [order.key])];
    return { message: message(name, content), rest: without(row, used) };
  });
  const [first] = messages;
  const extra: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(first?.rest ?? {})) {
    if (messages.every(({ rest }) => rest[key] === value)) extra[key] = value;
  }
  for (const { rest } of messages) {
    for (const key of Object.keys(rest)) {
      if (!Object.hasOwn(extra, key))
        losses.add(key, 'It differs from turn to turn, and messages have no place for it.');
    }
  }
  const told = messages.map((one) => one.message);
  if (!told.some(({ role }) => role === 'assistant'))
    throw new Unfit('The conversation has no answer of an assistant.');
  return example('sft', { messages: told }, extra);
}

/** Turns by their numbers where every row has one of its own; else as they came. */
function inOrder(rows: readonly JsonObject[]): readonly JsonObject[] {
  const numbered = rows.map((row) => ({ row, turn: turnOf(row) }));
  const turns = new Set(numbered.map(({ turn }) => turn));
  if (turns.has(null) || turns.size < rows.length) return rows;
  return numbered.toSorted((a, b) => (a.turn ?? 0) - (b.turn ?? 0)).map(({ row }) => row);
}

function turnOf(row: JsonObject): number | null {
  const value = pick(row, turnKeys)?.value;
  const text = typeof value === 'string' ? value.trim() : value;
  if (text === '' || (typeof text !== 'string' && typeof text !== 'number')) return null;
  const turn = Number(text);
  return Number.isFinite(turn) ? turn : null;
}
