import type { Core } from '../../electron/core/create-core.ts';
import { chatLine, importText } from './datasets.ts';

const moods = { praise: ['lovely', 'great', 'superb', 'fine'], anger: ['awful', 'broken', 'rotten', 'late'] };

/** Reviews whose mood a word gives away, as lines of a training file. */
export function reviewLines(count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const mood = index % 2 === 0 ? 'praise' : 'anger';
    return chatLine(`Order ${index} was ${moods[mood][index % 4]}, I must say.`, JSON.stringify({ mood }));
  }).join('\n');
}

/** Imports reviews as a data set that is split 70/15/15, and answers its id. */
export async function importReviews(
  client: Core['client'],
  source: { folder: string; count: number },
): Promise<string> {
  const content = reviewLines(source.count);
  const { datasetId } = await importText(client, { folder: source.folder, name: 'reviews.jsonl', content });
  await client.datasets.rename({ datasetId, name: 'Reviews' });
  const ratios = { train: 0.7, validation: 0.15, test: 0.15 };
  await client.datasets.split({ datasetId, recipe: { ratios, seed: 1 } });
  return datasetId;
}
