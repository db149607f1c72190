import { createJaccard } from './jaccard.ts';
import type { NearGroup } from './near-groups.ts';
import { createShingler, mixed } from './shingles.ts';

/** Fewer rows than this are copies of each other, not texts made from one template. */
const fewestRows = 20;
/** A template is what so large a part of all rows has in common. */
const leastShare = 0.1;
const sampledRows = 200;

export type TemplateSearch = {
  readonly shingle: number;
  /** Rows that were compared in all. */
  readonly rows: number;
  textOf(row: number): string;
  /** Called for every row that is read; may throw to stop. */
  onRow?(): void;
};

/**
 * Many rows that are alike are one text with other words filled in: an instruction around each input. Such a group is
 * taken apart into rows that are the same beside what at least half of it shares; `templated` is how many rows it had.
 */
export function splitTemplates(
  groups: readonly NearGroup[],
  search: TemplateSearch,
): { groups: NearGroup[]; templated: number } {
  const least = Math.max(fewestRows, leastShare * search.rows);
  let templated = 0;
  const kept = groups.flatMap((group) => {
    if (group.rows.length < least) return [group];
    templated += group.rows.length;
    return withoutTemplate(group, search);
  });
  return { groups: kept, templated };
}

function withoutTemplate({ rows }: NearGroup, search: TemplateSearch): NearGroup[] {
  const shingler = createShingler(search.shingle);
  const template = sharedShingles(rows, search);
  const sameRest = new Map<string, number[]>();
  for (const row of rows) {
    search.onRow?.();
    let [low, high, count] = [0, 0, 0];
    for (const hash of shingler.hashes(search.textOf(row))) {
      if (template.has(hash)) continue;
      low = Math.imul(low ^ hash, 0x01000193);
      high = (high + mixed(hash ^ count)) | 0;
      count += 1;
    }
    const key = `${low} ${high} ${count}`;
    sameRest.set(key, [...(sameRest.get(key) ?? []), row]);
  }
  const jaccard = createJaccard(search.shingle);
  return [...sameRest.values()]
    .filter((same) => same.length > 1)
    .map((same) => {
      const [first = 0, ...others] = same;
      const set = jaccard.set(search.textOf(first));
      const similarity = others.reduce(
        (least, row) => Math.min(least, jaccard.of(set, jaccard.set(search.textOf(row)))),
        1,
      );
      return { rows: same, similarity };
    });
}

/** Shingles that at least half of the rows have, by an even sample of them. */
function sharedShingles(rows: readonly number[], search: TemplateSearch): Set<number> {
  const shingler = createShingler(search.shingle);
  const counts = new Map<number, number>();
  const step = Math.max(1, rows.length / sampledRows);
  let sampled = 0;
  for (let at = 0; at < rows.length; at += step) {
    sampled += 1;
    for (const hash of new Set(shingler.hashes(search.textOf(rows[Math.floor(at)] ?? 0))))
      counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count * 2 >= sampled).map(([hash]) => hash));
}
