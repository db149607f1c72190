import type { PromptInput } from '../../../shared/features/preferences/preferences.model.ts';
import { comparableText } from '../../../shared/features/quality/near-duplicates/comparable-text.ts';
import { findNearGroups } from '../../../shared/features/quality/near-duplicates/near-groups.ts';
import { createSketcher, planSketches } from '../../../shared/features/quality/near-duplicates/sketch.ts';
import { createSketchTable } from '../../../shared/features/quality/near-duplicates/sketch-table.ts';

/** A prompt as clusters see it; `key` is the same for prompts that say the same. */
export type Analysed = { readonly input: PromptInput; readonly key: string };

/** Collects prompts and tells which of them say the same or nearly the same. */
export function createPromptClusters() {
  const plan = planSketches();
  const table = createSketchTable(plan);
  const sketcher = createSketcher(plan);
  const texts: string[] = [];
  const firstOf: number[] = [];
  const firsts = new Map<string, number>();
  return {
    add({ input, key }: Analysed): void {
      const row = texts.length;
      const first = firsts.get(key) ?? row;
      firsts.set(key, first);
      firstOf.push(first);
      const text = first === row ? comparableText({ messages: input.messages }) : '';
      texts.push(text);
      const { chunk, at } = table.next();
      if (first === row) sketcher.sketch(text, chunk, at);
    },
    /** For every prompt in the order of adding, the first one of its cluster. */
    find(): Uint32Array {
      const clusters = Uint32Array.from(firstOf);
      const groups = findNearGroups({
        plan,
        table,
        firstOf: (row) => firstOf[row] ?? row,
        textOf: (row) => texts[row] ?? '',
      });
      for (const { rows } of groups) for (const row of rows) clusters[row] = rows[0] ?? row;
      return clusters;
    },
  };
}
