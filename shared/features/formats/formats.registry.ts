import type { JsonObject } from '../datasets/read-line.ts';
import { alpaca } from './alpaca.codec.ts';
import { anthropic } from './anthropic.codec.ts';
import { argilla } from './argilla.codec.ts';
import { axolotl } from './axolotl.codec.ts';
import { azureDpo } from './azure-dpo.codec.ts';
import { azureRft } from './azure-rft.codec.ts';
import { azureSft } from './azure-sft.codec.ts';
import { batchOutput } from './batch-output.codec.ts';
import { fireworks } from './fireworks.codec.ts';
import { flatTable } from './flat-table.codec.ts';
import type { Codec, Recognition, ShapeName, TargetName } from './formats.model.ts';
import { labelStudio } from './label-studio.codec.ts';
import { llamaFactory } from './llama-factory.codec.ts';
import { openAiDpo } from './openai-dpo.codec.ts';
import { openAiRft } from './openai-rft.codec.ts';
import { openAiSft } from './openai-sft.codec.ts';
import { preferencePairs } from './preference-pairs.codec.ts';
import { promptCompletion } from './prompt-completion.codec.ts';
import { questionAnswer } from './question-answer.codec.ts';
import { sharegpt } from './sharegpt.codec.ts';
import { storedCompletions } from './stored-completions.codec.ts';
import { together } from './together.codec.ts';
import { transcript } from './transcript.codec.ts';
import { trl } from './trl.codec.ts';

/** Every codec by the name of its shape. */
export const codecs: Readonly<Record<ShapeName, Codec>> = {
  'openai-sft': openAiSft,
  'openai-dpo': openAiDpo,
  'openai-rft': openAiRft,
  'azure-sft': azureSft,
  'azure-dpo': azureDpo,
  'azure-rft': azureRft,
  trl,
  sharegpt,
  alpaca,
  'llama-factory': llamaFactory,
  axolotl,
  together,
  fireworks,
  'flat-table': flatTable,
  'prompt-completion': promptCompletion,
  'preference-pairs': preferencePairs,
  anthropic,
  'question-answer': questionAnswer,
  'stored-completions': storedCompletions,
  'batch-output': batchOutput,
  'label-studio': labelStudio,
  argilla,
  transcript,
};

/** The shape that a target's rows have. */
export function shapeOfTarget(target: TargetName): ShapeName {
  return target === 'csv' || target === 'parquet' ? 'flat-table' : target;
}

/** What rows could be, the likeliest first; empty when no codec knows them. A sample of some hundred rows is enough. */
export function recogniseShapes(
  rows: readonly JsonObject[],
): readonly ({ shape: ShapeName } & Recognition)[] {
  if (rows.length === 0) return [];
  return Object.values(codecs)
    .map((codec) => ({ shape: codec.name, ...codec.recognise(rows) }))
    .filter(({ confidence }) => confidence > 0)
    .toSorted((a, b) => b.confidence - a.confidence);
}
