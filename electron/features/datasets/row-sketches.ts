import { planSketches } from '../../../shared/features/quality/near-duplicates/sketch.ts';
import { createSketchTable } from '../../../shared/features/quality/near-duplicates/sketch-table.ts';
import type { RowSketches } from '../../core/dataset-ports.ts';
import { type ParsedPart, rowNumbers } from './parsed-part.ts';

/** Gathers the sketches of the parts of an import, in their order. */
export function createRowSketches() {
  const plan = planSketches();
  const table = createSketchTable(plan, { isShared: true });
  const lengths: Uint32Array[] = [];
  return {
    add({ rows, numbers, sketches }: ParsedPart): void {
      table.append(sketches.subarray(0, rows * plan.words));
      const of = new Uint32Array(rows);
      for (let row = 0; row < rows; row += 1) of[row] = numbers[row * rowNumbers + rowNumbers - 1] ?? 0;
      lengths.push(of);
    },
    finish(): Omit<RowSketches, 'exampleIds' | 'contentIds' | 'identities' | 'revision'> {
      const all = new Uint32Array(table.rows);
      let at = 0;
      for (const of of lengths) {
        all.set(of, at);
        at += of.length;
      }
      return { ...table.handOver(), lengths: all };
    },
  };
}
