import { Hono } from 'hono';
import { invalidType, missingParameter } from './api-error.ts';
import { newId } from './ids.ts';
import { moderationCategories } from '../../shared/features/quality/moderation.rules.ts';
import { moderate } from './moderation.ts';
import { readBody } from './request-body.ts';

/** POST /moderations: a result per text, in order; see moderation.ts for how little it knows. */
export function moderationsRoutes(): Hono {
  const app = new Hono();
  app.post('/', async (c) => {
    const { input } = await readBody(c.req.raw);
    if (input === undefined) throw missingParameter('input');
    const texts = textsOf(input);
    if (!texts) throw invalidType('input', 'a string or an array of strings or of parts', input);
    return c.json({
      id: newId('modr-'),
      model: 'omni-moderation-latest',
      results: texts.map(resultOf),
    });
  });
  return app;
}

function textsOf(input: unknown): string[] | null {
  if (typeof input === 'string') return [input];
  if (!Array.isArray(input)) return null;
  const items: unknown[] = input;
  if (items.every((one) => typeof one === 'string')) return items;
  const parts = items.map((one) => {
    if (typeof one !== 'object' || one === null || !('type' in one)) return null;
    return one.type === 'text' && 'text' in one && typeof one.text === 'string' ? one.text : '';
  });
  // Parts of one message are judged together, as one result.
  return parts.some((one) => one === null) ? null : [parts.join('\n')];
}

function resultOf(text: string) {
  const found: readonly string[] = moderate(text);
  const of = <Value>(value: (isFound: boolean) => Value) =>
    Object.fromEntries(moderationCategories.map((one) => [one, value(found.includes(one))]));
  return {
    flagged: found.length > 0,
    categories: of((isFound) => isFound),
    category_scores: of((isFound) => (isFound ? 1 : 0)),
    category_applied_input_types: of(() => ['text']),
  };
}
