import { ApiError, invalidValue, numberRange } from './api-error.ts';

/** Reads `limit` (1 to `max`) from a query; the default when it is absent. */
export function readLimit(value: string | undefined, bound: { default: number; max: number }): number {
  if (value === undefined) return bound.default;
  const limit = Number(value);
  if (!Number.isInteger(limit)) {
    throw new ApiError(400, `Invalid type for 'limit': expected an integer, but got '${value}' instead.`, {
      param: 'limit',
      code: 'invalid_type',
    });
  }
  if (limit < 1 || limit > bound.max) {
    throw numberRange('limit', limit, { kind: 'integer', min: 1, max: bound.max });
  }
  return limit;
}

/** Cuts a list that is in its final order: what follows the item `after`, at most `limit`. */
export function cutPage<Item extends { id: string }>(
  items: readonly Item[],
  page: { after: string | undefined; limit: number },
): { items: Item[]; hasMore: boolean } {
  const place = page.after === undefined ? -1 : items.findIndex((item) => item.id === page.after);
  if (page.after !== undefined && place === -1) {
    throw new ApiError(400, `Invalid value for 'after': there is no '${page.after}' in this list.`, {
      param: 'after',
      code: 'invalid_value',
    });
  }
  const start = place + 1;
  return { items: items.slice(start, start + page.limit), hasMore: items.length > start + page.limit };
}

/** Reads `order`. */
export function readOrder(value: string | undefined): 'asc' | 'desc' {
  if (value === undefined || value === 'desc') return 'desc';
  if (value === 'asc') return 'asc';
  throw invalidValue('order', value, ['asc', 'desc']);
}
