import { Hono } from 'hono';
import { invalidType, missingParameter } from './api-error.ts';
import { newId } from './ids.ts';
import { moderationCategories } from '../../shared/features/quality/moderation.rules.ts';
import { moderate } from './moderation.ts';
import { readBody } from './request-body.ts';

/** POST /moderations: a result per text, in order, or one for parts; see moderation.ts for how little it knows. */
export function moderationsRoutes(): Hono {
  const app = new Hono();
  app.post('/', async (c) => {
    const { input } = await readBody(c.req.raw);
    if (input === undefined) throw missingParameter('input');
    const found = asked(input);
    if (!found) throw invalidType('input', 'a string or an array of strings or of parts', input);
    return c.json({
      id: newId('modr-'),
      model: 'omni-moderation-latest',
      results: found.map(resultOf),
    });
  });
  return app;
}

type Asked = { readonly text: string; readonly kind: 'text' | 'image' };

function asked(input: unknown): Asked[] | null {
  if (typeof input === 'string') return [{ text: input, kind: 'text' }];
  if (!Array.isArray(input)) return null;
  const items: unknown[] = input;
  if (items.every((one) => typeof one === 'string')) return items.map((text) => ({ text, kind: 'text' }));
  const parts = items.map((one) => {
    if (typeof one !== 'object' || one === null || !('type' in one)) return null;
    if (one.type === 'text' && 'text' in one && typeof one.text === 'string') return one.text;
    return one.type === 'image_url' && 'image_url' in one ? wordsIn(one.image_url) : '';
  });
  if (parts.some((one) => one === null)) return null;
  const hasText = items.some((one) => (one as { type: unknown }).type === 'text');
  // Parts of one message are judged together, as one result.
  return [{ text: parts.join('\n'), kind: hasText ? 'text' : 'image' }];
}

/** The practice moderation sees nothing in a picture: it reads the words in its file, or of its address. */
function wordsIn(image: unknown): string {
  const url: unknown = typeof image === 'object' && image !== null && 'url' in image ? image.url : image;
  if (typeof url !== 'string') return '';
  const bytes = /^data:[^,]*;base64,(?<bytes>.*)$/s.exec(url)?.groups?.bytes;
  return bytes === undefined ? url : Buffer.from(bytes, 'base64').toString('latin1');
}

function resultOf({ text, kind }: Asked) {
  const found: readonly string[] = moderate(text);
  const of = <Value>(value: (isFound: boolean) => Value) =>
    Object.fromEntries(moderationCategories.map((one) => [one, value(found.includes(one))]));
  return {
    flagged: found.length > 0,
    categories: of((isFound) => isFound),
    category_scores: of((isFound) => (isFound ? 1 : 0)),
    category_applied_input_types: of(() => [kind]),
  };
}
