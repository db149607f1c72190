import type { Method } from '../datasets.model.ts';
import { type AcrossCheck, together } from './across-rows.ts';
import { createItemFields } from './item-fields.rules.ts';
import { createPairLean } from './pair-lean.rules.ts';
import { createPictureSet, type ReadPicture } from './picture-set.rules.ts';
import { createToolDrift } from './tool-drift.rules.ts';

/** What a look at all rows needs: the method, a grader for reinforcement if there is one, SHA-256. */
export type LookParts = {
  readonly method: Method;
  readonly grader: unknown;
  readonly hash: (text: string) => Uint8Array;
  /** Decodes pictures to compare them; null leaves them alone. */
  readonly readPicture: ReadPicture | null;
};

/** Everything a method asks about the rows together. */
export function createMethodLook({ method, grader, hash, readPicture }: LookParts): AcrossCheck {
  const own = {
    sft: () => [],
    dpo: () => [createPairLean(hash)],
    rft: () => [createItemFields(grader)],
  } satisfies Record<Method, () => AcrossCheck[]>;
  const pictures = readPicture === null ? [] : [createPictureSet(readPicture)];
  return together([createToolDrift(), ...own[method](), ...pictures]);
}
