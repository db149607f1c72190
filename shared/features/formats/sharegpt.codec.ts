import type { JsonObject } from '../datasets/read-line.ts';
import { message, type Message } from './chat.ts';
import { example, type Fit, makeCodec } from './codec.ts';
import type { CanonicalExample } from './formats.model.ts';
import { isList, isObject, isObjectList, unpacked, without } from './json-values.ts';
import { type Losses, Unfit } from './losses.ts';
import { fromTurns, toTurns, type Turn, type TurnStyle } from './sharegpt-turns.ts';
import { functionsOf, toTools } from './tool-calls.ts';
import { carried, conversationOf, dpoValue, pairOf, sftValue } from './trainer-rows.ts';

const columns = [
  'conversations',
  'system',
  'tools',
  'images',
  'videos',
  'audios',
  'chosen',
  'rejected',
  'kto_tag',
];

/** ShareGPT: `conversations` of turns with `from` and `value`, with `weight` where a turn is not to be learned. */
export const sharegpt = makeCodec({
  name: 'sharegpt',
  title: 'ShareGPT',
  fit: fitShareGpt,
  read: readShareGpt,
  write: (one, { losses }) => {
    const written = writeShareGpt(
      one,
      { service: 'ShareGPT', style: { hasWeights: true, isStrict: false } },
      losses,
    );
    return toRow(written);
  },
});

/** A row of ShareGPT, before it is put together: LLaMA-Factory looks at the turns first. */
export type ShareGptRow = {
  readonly turns: readonly Turn[];
  readonly chosen: Turn | null;
  readonly rejected: Turn | null;
  readonly rest: JsonObject;
};

export function toRow({ turns, chosen, rejected, rest }: ShareGptRow): JsonObject {
  return { conversations: turns, ...(chosen === null ? {} : { chosen, rejected }), ...rest };
}

/** Writes a conversation or a pair as turns. */
export function writeShareGpt(
  one: CanonicalExample,
  as: { service: string; style: TurnStyle },
  losses: Losses,
): ShareGptRow {
  if (one.method === 'rft')
    throw new Unfit(`${as.service} holds answers to learn from; a task for reinforcement has none.`);
  const extra = carried(one.extra, columns, losses);
  if (one.method === 'sft') {
    const { messages, tools } = conversationOf(one, as.service, losses);
    const { turns, images } = toTurns(messages, as.style, losses);
    return {
      turns,
      chosen: null,
      rejected: null,
      rest: { ...toolsAndImages(tools, images, losses), ...extra },
    };
  }
  const pair = pairOf(one, as.service, losses);
  const style = { ...as.style, hasWeights: false };
  const { turns, images } = toTurns(pair.messages, style, losses);
  // Each side goes on from the prompt alone, so that ids are counted as if the other were not there.
  const [chosen, rejected] = [pair.preferred, pair.rejected].map((side) => {
    const written = toTurns([...pair.messages, side], style, losses);
    if (written.images.length > images.length) throw new Unfit('A picture in an answer has no place here.');
    return written.turns.at(-1);
  });
  if (chosen === undefined || rejected === undefined) throw new Unfit('The pair has no two sides.');
  return { turns, chosen, rejected, rest: { ...toolsAndImages(pair.tools, images, losses), ...extra } };
}

function toolsAndImages(tools: unknown, images: readonly string[], losses: Losses): JsonObject {
  return {
    ...(tools === undefined ? {} : { tools: JSON.stringify(functionsOf(tools, losses)) }),
    ...(images.length === 0 ? {} : { images }),
  };
}

const turnKeys = ['conversations', 'conversation', 'items', 'dialog', 'dialogue', 'messages'];

function turnsOf(row: JsonObject): { key: string; turns: readonly JsonObject[] } | null {
  for (const key of turnKeys) {
    const turns = unpacked(row[key]);
    const isTurns =
      isObjectList(turns) && turns.every((one) => typeof one.from === 'string' || key === 'conversations');
    if (isTurns && turns.every((one) => one.value !== undefined || one.content !== undefined))
      return { key, turns };
  }
  return null;
}

function fitShareGpt(row: JsonObject): Fit | null {
  const found = turnsOf(row);
  if (found === null) return null;
  const isOwn = found.turns.every((one) => typeof one.from === 'string');
  const hasSides = isObject(row.chosen) && isObject(row.rejected);
  const why = `“${found.key}” of turns with “${isOwn ? 'from' : 'role'}”.`;
  return { sureness: isOwn ? 1 : 0.6, method: hasSides ? 'dpo' : 'sft', why };
}

function readShareGpt(row: JsonObject, losses: Losses): CanonicalExample {
  const found = turnsOf(row);
  if (found === null) throw new Unfit('The row has no “conversations” of turns.');
  const tools =
    row.tools === undefined || row.tools === null || row.tools === ''
      ? undefined
      : toTools(row.tools, losses);
  const images = unpacked(row.images);
  const before = systemOf(row, found.turns);
  const extra = without(row, [found.key, 'system', 'tools', 'images', 'chosen', 'rejected']);
  const left = keptSystem(row, before, losses);
  if (!isObject(row.chosen) || !isObject(row.rejected)) {
    const messages = [...before, ...fromTurns(found.turns, images, losses)];
    return example('sft', sftValue({ messages, tools }), { ...extra, ...left });
  }
  const messages = [...before, ...fromTurns(found.turns, images, losses)];
  const sides = [row.chosen, row.rejected].map((side) =>
    fromTurns([...found.turns, side], images, losses).slice(-1),
  );
  const value = dpoValue({ messages, tools, preferred: sides[0] ?? [], rejected: sides[1] ?? [] });
  return example('dpo', value, { ...extra, ...left });
}

/** The system prompt beside the turns, unless these begin with one of their own. */
function systemOf(row: JsonObject, turns: readonly JsonObject[]): Message[] {
  const first = turns[0]?.from ?? turns[0]?.role;
  if (typeof row.system !== 'string' || row.system === '' || first === 'system') return [];
  return [message('system', row.system)];
}

function keptSystem(row: JsonObject, before: readonly Message[], losses: Losses): JsonObject {
  if (before.length === 0 && typeof row.system === 'string' && row.system !== '') {
    losses.add('system', 'The turns begin with a system prompt of their own.');
  }
  return isList(row.system) || isObject(row.system) ? { system: row.system } : {};
}
