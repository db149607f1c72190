import { createHash } from 'node:crypto';
import { contentHash } from '../../../shared/features/datasets/content-hash.ts';
import { readFacts } from '../../../shared/features/datasets/example-facts.ts';
import type { GenerationRequest } from '../../../shared/features/preferences/generation.model.ts';
import { promptOfExample } from '../../../shared/features/preferences/generation.rules.ts';
import { createPrng } from '../../../shared/learner/prng.ts';
import type { CountText } from '../../../shared/tokens/encodings.ts';
import { countExample } from '../../../shared/tokens/example-tokens.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { DbAddress, WorkerContext } from '../../core/ports.ts';
import type { PreferenceWorkerParts } from './create-set.job.ts';
import { hasPrompts, insertPrompts, type PromptLine } from './generation.sql.ts';

export type PromptsInput = {
  readonly store: DbAddress;
  readonly request: GenerationRequest;
  /** Where to write them down, if they are still those that were approved. */
  readonly keep: { readonly generationId: string; readonly sha256: string } | null;
};
export type PromptsFound = {
  readonly prompts: number;
  readonly skipped: number;
  readonly duplicates: number;
  /** Tokens of all prompts, each once. */
  readonly promptTokens: number;
  readonly sha256: string;
  readonly samples: string[];
};

const shownSamples = 3;

/** Draws the prompts of a data set that would be asked, and once approved writes them down. Job `preferences.prompts`. */
export function createPromptsJob(parts: PreferenceWorkerParts) {
  return async (input: PromptsInput, context: WorkerContext): Promise<PromptsFound> => {
    const db = parts.openStore(input.store);
    try {
      const draw = createDraw(input.request);
      for (const { line, position, split, bytes } of parts.examples(db, input.request.source.datasetId)) {
        if (context.isCancelled()) throw stopped();
        draw.look({ line, position, split, text: () => Buffer.from(bytes).toString('utf8') });
      }
      const { prompts, ...counts } = draw.finish();
      const found = { ...counts, ...measure(prompts, parts.createCounter(), input.request) };
      const { keep } = input;
      if (!keep) return found;
      if (found.sha256 !== keep.sha256) throw changed();
      const unlock = await context.lockWriter();
      try {
        db.transaction(() => {
          if (!hasPrompts(db, keep.generationId)) insertPrompts(db, keep.generationId, prompts);
        });
      } finally {
        unlock();
      }
      return found;
    } finally {
      db.close();
    }
  };
}

type Looked = { line: number; position: number; split: string | null; text: () => string };
type Drawn = PromptLine & { rank: number; position: number; key: string };

/** Keeps those prompts to which chance gives the lowest ranks; an example that cannot be among them is not parsed. */
function createDraw({ source, seed }: GenerationRequest) {
  const drawn: Drawn[] = [];
  const keys = new Set<string>();
  const counts = { skipped: 0, duplicates: 0 };
  return {
    look({ line, position, split, text }: Looked): void {
      if (source.split !== null && split !== source.split) return;
      const rank = createPrng(seed, `prompt ${position}`).next();
      if (drawn.length === source.prompts && rank >= (drawn.at(-1)?.rank ?? 0)) return;
      // What is stored as an example was parsed as a JSON object when it came in.
      const input = promptOfExample(JSON.parse(text()) as Record<string, unknown>);
      if (!input) {
        counts.skipped += 1;
        return;
      }
      const key = Buffer.from(contentHash(input)).toString('hex');
      if (keys.has(key)) {
        counts.duplicates += 1;
        return;
      }
      keys.add(key);
      drawn.splice(placeOf(drawn, rank), 0, { line, input, rank, position, key });
      if (drawn.length <= source.prompts) return;
      keys.delete(drawn.pop()?.key ?? '');
    },
    finish: () => ({ ...counts, prompts: drawn.toSorted((a, b) => a.position - b.position) }),
  };
}

function placeOf(drawn: readonly Drawn[], rank: number): number {
  let low = 0;
  let high = drawn.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((drawn[middle]?.rank ?? 0) <= rank) low = middle + 1;
    else high = middle;
  }
  return low;
}

function measure(
  prompts: readonly PromptLine[],
  countText: CountText,
  request: GenerationRequest,
): Pick<PromptsFound, 'prompts' | 'promptTokens' | 'sha256' | 'samples'> {
  const model = request.models[0] ?? '';
  const hash = createHash('sha256');
  let promptTokens = 0;
  for (const { input } of prompts) {
    hash.update(`${JSON.stringify(input)}\n`);
    promptTokens += countExample(input, { model, countText }).total;
  }
  const samples = prompts
    .slice(0, shownSamples)
    .map(
      ({ input }) =>
        readFacts({ messages: [...input.messages, { role: 'assistant' }] }).texts.previews().prompt,
    );
  return { prompts: prompts.length, promptTokens, sha256: hash.digest('hex'), samples };
}

function stopped(): AppFailure {
  return new AppFailure('CANCELLED', { what: 'Cancelled.', todo: 'Nothing was asked.', retry: 'now' });
}

function changed(): AppFailure {
  return new AppFailure('NOT_APPROVED', {
    what: 'The data set changed after the asking was approved, so nothing was asked.',
    todo: 'Plan again and approve what it says now.',
    retry: 'never',
  });
}
