import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEditPacker, editedExamples, editsOfExample } from './packed-edits.ts';

const edit = fc.record({
  pointer: fc.constantFrom('/a', '/messages/0/content', ''),
  start: fc.nat(1000),
  end: fc.nat(1000),
  text: fc.constantFrom('[EMAIL]', '[PERSON_1]', '[PERSON_2]'),
});

test('what was packed comes out again, by example', () => {
  const byExample = fc.uniqueArray(fc.tuple(fc.nat(5000), fc.array(edit, { minLength: 1, maxLength: 4 })), {
    selector: ([id]) => id,
    maxLength: 800,
  });
  fc.assert(
    fc.property(byExample, (examples) => {
      const sorted = examples.toSorted(([a], [b]) => a - b);
      const packer = createEditPacker();
      for (const [id, edits] of examples) for (const one of edits) packer.add(id, one);
      const packed = packer.packed();
      expect([...editedExamples(packed)]).toEqual(sorted.map(([id]) => id));
      for (const [id, edits] of sorted) expect(editsOfExample(packed, id)).toEqual(edits);
      expect(editsOfExample(packed, 9999)).toEqual([]);
    }),
  );
});
