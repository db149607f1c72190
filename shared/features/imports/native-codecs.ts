import type { JsonObject } from '../datasets/read-line.ts';
import type { Codec, ExampleMethod, ShapeName } from '../formats/formats.model.ts';

/** The platform's own three shapes, which need no reading. */
export const nativeCodecs: readonly Codec[] = [
  native('openai-sft', { title: 'OpenAI chat (SFT)', method: 'sft', key: 'messages' }),
  native('openai-dpo', { title: 'OpenAI preference (DPO)', method: 'dpo', key: 'preferred_output' }),
];

function native(name: ShapeName, by: { title: string; method: ExampleMethod; key: string }): Codec {
  const { title, method, key } = by;
  return {
    name,
    title,
    recognise(rows) {
      const fits = rows.filter((row) => Array.isArray(row[key])).length;
      const confidence = rows.length === 0 ? 0 : fits / rows.length;
      return { confidence, method, why: `${fits} of ${rows.length} rows have a list “${key}”.` };
    },
    read: (row: JsonObject) => ({ kind: 'example', example: { method, value: row, extra: {} }, losses: [] }),
    write: null,
    join: null,
  };
}
