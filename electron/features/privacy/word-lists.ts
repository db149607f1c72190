import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDetector, type Detect } from '../../../shared/features/privacy/detect/detector.ts';
import { readGazetteer } from '../../../shared/features/privacy/detect/names/gazetteer.ts';

/** Reads the word lists of `resources/privacy` and makes the detector over them; blocking, about 50 ms. */
export function openDetector(folder: string): Detect {
  const read = (name: string): string => readFileSync(join(folder, `${name}.txt`), 'utf8');
  return createDetector(
    readGazetteer({
      firstNames: read('first-names'),
      surnames: read('surnames'),
      places: read('places'),
      organisations: read('organisations'),
      groups: read('groups'),
      commonWords: read('common-words'),
    }),
  );
}
