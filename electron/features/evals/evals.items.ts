import { setImmediate as breathe } from 'node:timers/promises';
import { dpoExample, sftExample, type SftExample } from '../../../shared/features/datasets/datasets.model.ts';
import { splitExample } from '../../../shared/features/evals/sample.rules.ts';
import type { DatasetReader } from '../../core/feature-ports.ts';
import type { NewItem } from './items.sql.ts';

/** Examples looked at before others get their turn on the main thread. */
const examplesAtOnce = 100;

/**
 * The items of a test split as they are asked, in file order. Examples that are not of the right shape or have no
 * question before an assistant's answer are left out and counted.
 */
export async function readTestItems(
  datasets: DatasetReader,
  datasetId: string,
): Promise<{ items: NewItem[]; skipped: number }> {
  const items: NewItem[] = [];
  let seen = 0;
  for (const { exampleId, example } of datasets.examples(datasetId, 'test')) {
    seen += 1;
    if (seen % examplesAtOnce === 0) await breathe();
    const conversation = conversationOf(example);
    const split = conversation ? splitExample(conversation.messages) : null;
    if (!split) continue;
    items.push({ position: items.length, exampleId, ...split, tools: conversation?.tools ?? [] });
  }
  return { items, skipped: seen - items.length };
}

/** A chat example as it is; of a preference pair the question with the preferred answer. */
function conversationOf(example: unknown): Pick<SftExample, 'messages' | 'tools'> | null {
  const pair = dpoExample.safeParse(example);
  if (pair.success) {
    const { input, preferred_output } = pair.data;
    return { ...input, messages: [...input.messages, ...preferred_output] };
  }
  return sftExample.safeParse(example).data ?? null;
}
