import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDetector } from '../../electron/features/privacy/word-lists.ts';
import { measurement } from '../../shared/features/privacy/privacy.model.ts';
import { measure, readCorpus } from '../fixtures/privacy/corpus.ts';
import { projectFolder } from '../helpers/project.ts';

const folder = join(projectFolder, 'resources', 'privacy');
const detect = openDetector(folder);
const corpus = readCorpus();

test('the figures in the app are those of a fresh measurement (else: node tests/fixtures/privacy/write-measured.ts)', () => {
  const shown = measurement.parse(JSON.parse(readFileSync(join(folder, 'measured.json'), 'utf8')));
  expect(corpus.length).toBeGreaterThanOrEqual(400);
  expect(measure(detect, corpus)).toEqual(shown);
});

test('precision and recall do not fall, on held-out templates neither', () => {
  const heldOut = measure(
    detect,
    corpus.filter((one) => one.isHeldOut),
  );
  expect(heldOut.all.precision).toBeGreaterThanOrEqual(0.95);
  expect(heldOut.all.recall).toBeGreaterThanOrEqual(0.95);
  const floors = { PERSON: [0.95, 0.9], ORGANIZATION: [0.9, 0.9], OTHER: [0.8, 0.8] } as const;
  for (const { type, precision, recall } of measure(detect, corpus).types) {
    const [leastPrecision, leastRecall] = type in floors ? floors[type as keyof typeof floors] : [0.95, 0.95];
    expect({ type, isGood: (precision ?? 0) >= leastPrecision && (recall ?? 0) >= leastRecall }).toEqual({
      type,
      isGood: true,
    });
  }
});
