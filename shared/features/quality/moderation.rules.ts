import type { JsonObject } from '../datasets/read-line.ts';

/** The categories of the platform's moderation (platform reference 1.8). */
export const moderationCategories = [
  'harassment',
  'harassment/threatening',
  'hate',
  'hate/threatening',
  'illicit',
  'illicit/violent',
  'self-harm',
  'self-harm/intent',
  'self-harm/instructions',
  'sexual',
  'sexual/minors',
  'violence',
  'violence/graphic',
] as const;
export type ModerationCategory = (typeof moderationCategories)[number];

/** Code of the mark for a category; one that this version does not know is `moderation_other`. */
export function moderationCode(category: string): string {
  const known = moderationCategories.find((one) => one === category);
  return `moderation_${known === undefined ? 'other' : known.replaceAll(/[^a-z]/g, '_')}`;
}

/** Titles of the marks, by code. */
export const moderationMarks: Readonly<Record<string, string>> = {
  ...Object.fromEntries(moderationCategories.map((one) => [moderationCode(one), `Moderation: ${one}`])),
  moderation_other: 'Moderation: flagged otherwise',
};

/** What the platform answers to a training file with too many flagged examples (platform reference 2.6). */
export const moderationRejections = [
  'This training file was blocked because too many examples were flagged by our moderation API for containing content that violates OpenAI’s usage policies.',
  'This file failed moderation safety checks.',
] as const;

/** True when a provider refused a training file over its contents, not over its form. */
export function isModerationRejection(message: string): boolean {
  return /flagged by our moderation|moderation safety checks|failed RAI checks/i.test(message);
}

/** The model that is asked; the platform's one free model for texts. */
export const moderationModel = 'omni-moderation-latest';

/** A text of an example and where it stands; long texts come as several. */
export type ModeratedText = { readonly pointer: string; readonly text: string };

/** Strings under these keys are form, not content; what tools are called is judged with their arguments. */
const formKeys: ReadonlySet<string> = new Set([
  'role',
  'type',
  'id',
  'tool_call_id',
  'image_url',
  'file_id',
  'detail',
  'tools',
  'functions',
]);
const pieceCharacters = 4000;

/** Every text of an example that would be judged, in order; pictures are not looked at. */
export function textsOf(example: JsonObject): ModeratedText[] {
  const texts: ModeratedText[] = [];
  const walk = (value: unknown, pointer: string): void => {
    if (typeof value === 'string') {
      for (const text of piecesOf(value)) texts.push({ pointer, text });
    } else if (Array.isArray(value)) {
      for (const [index, one] of value.entries()) walk(one, `${pointer}/${index}`);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) {
        if (!formKeys.has(key)) walk(one, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
      }
    }
  };
  walk(example, '');
  return texts;
}

function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + pieceCharacters);
    // A pair of surrogates stays together.
    if (end < text.length && /[\uD800-\uDBFF]/.test(text[end - 1] ?? '')) end -= 1;
    const piece = text.slice(start, end);
    if (piece.trim() !== '') pieces.push(piece);
    start = end;
  }
  return pieces;
}

const textsPerRequest = 32;
const charactersPerRequest = 48_000;

/** The requests for the texts of some examples: each text once, so that a shared system prompt is not sent again and again. */
export function requestsFor(examples: readonly (readonly ModeratedText[])[]): string[][] {
  const requests: string[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const text of new Set(examples.flatMap((texts) => texts.map((one) => one.text)))) {
    const open = requests.at(-1);
    if (!open || open.length >= textsPerRequest || size + text.length > charactersPerRequest) {
      requests.push([text]);
      size = text.length;
    } else {
      open.push(text);
      size += text.length;
    }
  }
  return requests;
}

/** True when so many texts make up a batch: what is sent, judged and written down together. */
export function isBatchFull(texts: number, characters: number): boolean {
  return texts >= textsPerRequest || characters >= charactersPerRequest;
}

/** The body of a request exactly as it leaves; its bytes are counted before anybody approves them. */
export function bodyOf(texts: readonly string[]): string {
  return JSON.stringify({ model: moderationModel, input: texts });
}

/** A category in which a text of an example was flagged; the highest score of the pieces of that text. */
export type ModerationFlag = { readonly pointer: string; readonly category: string; readonly score: number };

/** What was flagged in an example, given what was said of each distinct text. */
export function flagsOf(
  texts: readonly ModeratedText[],
  said: ReadonlyMap<string, readonly { category: string; score: number }[]>,
): ModerationFlag[] {
  const flags = new Map<string, ModerationFlag>();
  for (const { pointer, text } of texts) {
    for (const { category, score } of said.get(text) ?? []) {
      const key = `${category} ${pointer}`;
      if ((flags.get(key)?.score ?? -1) < score) flags.set(key, { pointer, category, score });
    }
  }
  return [...flags.values()];
}
