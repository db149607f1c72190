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

/** A text of an example and where it stands; long texts come as several. A picture's text is its URL. */
export type ModeratedText = { readonly pointer: string; readonly text: string; readonly isPicture?: true };

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

/** Every text and picture of an example that would be judged, in order; a picture that no provider can have is left out. */
export function textsOf(example: JsonObject): ModeratedText[] {
  const texts: ModeratedText[] = [];
  const walk = (value: unknown, pointer: string): void => {
    if (typeof value === 'string') {
      for (const text of piecesOf(value)) texts.push({ pointer, text });
    } else if (Array.isArray(value)) {
      for (const [index, one] of value.entries()) walk(one, `${pointer}/${index}`);
    } else if (typeof value === 'object' && value !== null) {
      const picture = pictureOf(value, pointer);
      if (picture !== null) texts.push(picture);
      for (const [key, one] of Object.entries(value)) {
        if (!formKeys.has(key)) walk(one, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
      }
    }
  };
  walk(example, '');
  return texts;
}

/** A picture in a content part: bytes in a `data:` URL, or an address that the provider fetches. */
function pictureOf(part: object, pointer: string): ModeratedText | null {
  const image: unknown = 'image_url' in part ? part.image_url : null;
  const isNamed = typeof image === 'object' && image !== null && 'url' in image;
  const url: unknown = isNamed ? image.url : image;
  if (typeof url !== 'string' || !/^(?:https:\/\/|data:image\/)/i.test(url)) return null;
  return { pointer: `${pointer}/image_url${isNamed ? '/url' : ''}`, text: url, isPicture: true };
}

/** Whether the place of a flag is a picture, which words about it should say. */
export function isPicturePlace(pointer: string): boolean {
  return /\/image_url(?:\/url)?$/.test(pointer);
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

/** What one request asks about: some texts, each with an answer of its own, or one picture. */
export type ModerationInput = readonly string[] | { readonly picture: string };

/**
 * The requests for some examples: each text and each picture once, so that a shared system prompt is not sent again and
 * again. A picture goes alone: parts that are sent together are judged as one.
 */
export function requestsFor(examples: readonly (readonly ModeratedText[])[]): ModerationInput[] {
  const all = examples.flat();
  const pictures = new Set(all.filter((one) => one.isPicture).map((one) => one.text));
  const texts = new Set(all.filter((one) => !one.isPicture).map((one) => one.text));
  return [...requestsOfTexts(texts), ...[...pictures].map((picture) => ({ picture }))];
}

function requestsOfTexts(texts: ReadonlySet<string>): string[][] {
  const requests: string[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const text of texts) {
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
export function bodyOf(input: ModerationInput): string {
  return JSON.stringify({ model: moderationModel, input: wireInput(input) });
}

/** What a request asks about, as the platform spells it. */
export function wireInput(input: ModerationInput): readonly unknown[] {
  return 'picture' in input ? [{ type: 'image_url', image_url: { url: input.picture } }] : input;
}

/** The key under which the answer to a text or picture is kept. */
export function answerKey({ text, isPicture }: Pick<ModeratedText, 'text' | 'isPicture'>): string {
  return isPicture ? `picture ${text}` : `text ${text}`;
}

/** A category in which a text of an example was flagged; the highest score of the pieces of that text. */
export type ModerationFlag = { readonly pointer: string; readonly category: string; readonly score: number };

/** What was flagged in an example, given what was said under each {@link answerKey}. */
export function flagsOf(
  texts: readonly ModeratedText[],
  said: ReadonlyMap<string, readonly { category: string; score: number }[]>,
): ModerationFlag[] {
  const flags = new Map<string, ModerationFlag>();
  for (const one of texts) {
    const { pointer } = one;
    for (const { category, score } of said.get(answerKey(one)) ?? []) {
      const key = `${category} ${pointer}`;
      if ((flags.get(key)?.score ?? -1) < score) flags.set(key, { pointer, category, score });
    }
  }
  return [...flags.values()];
}
