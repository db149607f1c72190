import type { Method } from '../../../shared/features/datasets/datasets.model.ts';
import { analyserOf } from '../../../shared/features/datasets/analyse-method.ts';
import type { JsonObject } from '../../../shared/features/datasets/read-line.ts';
import type { ExampleFinding } from '../../../shared/features/datasets/sft/check-context.ts';
import type { CountText } from '../../../shared/tokens/encodings.ts';
import { sha256 } from './check-file.ts';
import { createSchemaChecker } from './schema-checker.ts';

/** What the checks of a method say about an example that is not stored yet. */
export function createExampleCheck(
  createCounter: () => CountText,
): (method: Method, example: JsonObject) => readonly ExampleFinding[] {
  const tools = { schemas: createSchemaChecker(), countText: createCounter(), hash: sha256 };
  return (method, example) => analyserOf(method)(example, tools).findings;
}
