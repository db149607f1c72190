import type { Method, SplitCounts } from './datasets.model.ts';
import type { ProviderRules } from './provider-rules.model.ts';
import { createReport, type ExampleFinding, type Report } from './sft/check-context.ts';
import { reportImageCount } from './sft/images.rules.ts';

/** The findings of an example as a provider sees them: its own severities, and its own number of pictures. */
export function adapterFor(
  rules: ProviderRules,
): (findings: readonly ExampleFinding[], images: number) => readonly ExampleFinding[] {
  const overrides = new Map(rules.severities.map((one) => [one.code, one.severity]));
  const mostImages = rules.images.perExample.value;
  return (findings, images) => {
    if (findings.length === 0 && images <= mostImages) return findings;
    const adapted = findings.flatMap((one) => {
      if (one.code === 'too_many_images') return [];
      const severity = overrides.get(one.code);
      if (severity === null) return [];
      return [severity === undefined ? one : { ...one, severity }];
    });
    const { report, findings: more } = createReport();
    reportImageCount(images, mostImages, report);
    return [...adapted, ...more];
  };
}

/** What is known about a data set, or a file, as a whole; `splits` is null for a file that is one set by itself. */
export type WholeFacts = {
  readonly method: Method;
  readonly examples: number;
  readonly withImages: number;
  readonly sizeBytes: number;
  readonly splits: SplitCounts | null;
};

/** Findings about a data set as a whole, by a provider's limits (platform reference 2, 2.2, 2.4). */
export function checkWhole(facts: WholeFacts, rules: ProviderRules): ExampleFinding[] {
  const { report, findings } = createReport();
  const { examples, withImages, sizeBytes } = facts;
  const least = rules.minExamples.value;
  if (examples < least) {
    report('too_few_examples', '', {
      message: `There ${examples === 1 ? 'is 1 example' : `are ${examples} examples`}; at least ${least} are needed, and 50 to 100 before an effect shows.`,
      expected: `at least ${least}`,
      found: examples,
    });
  }
  const most = rules.images.examplesPerFile.value;
  if (withImages > most) {
    report('too_many_image_examples', '', {
      message: `${withImages} examples hold pictures, at most ${most} are allowed in a file.`,
      expected: `at most ${most}`,
      found: withImages,
    });
  }
  checkSize(sizeBytes, rules, report);
  if (facts.method === 'rft') checkReinforcement(facts, rules, report);
  return findings;
}

function checkSize(sizeBytes: number, rules: ProviderRules, report: Report): void {
  const [whole, inParts] = [rules.maxFileBytes.value, rules.maxUploadBytes.value];
  if (sizeBytes <= whole) return;
  const size = `${(sizeBytes / 1e6).toFixed(0)} MB`;
  report('file_too_large', '', {
    message:
      sizeBytes > inParts
        ? `The file has ${size}; ${rules.name} takes at most ${(inParts / 1e6).toFixed(0)} MB.`
        : `The file has ${size}; beyond ${(whole / 1e6).toFixed(0)} MB it must be sent in parts.`,
    expected: `at most ${inParts} bytes`,
    found: sizeBytes,
    severity: sizeBytes > inParts ? 'error' : 'info',
  });
}

function checkReinforcement(facts: WholeFacts, rules: ProviderRules, report: Report): void {
  const { maxTraining, maxValidation, needsValidation } = rules.reinforcement;
  const training = facts.splits?.train ?? facts.examples;
  if (training > maxTraining.value) {
    report('too_many_training', '', {
      message: `There are ${training} training examples, at most ${maxTraining.value} are allowed.`,
      expected: `at most ${maxTraining.value}`,
      found: training,
    });
  }
  if (facts.splits === null) {
    if (!needsValidation.value) return;
    report('validation_needed', '', {
      message: `Reinforcement fine-tuning needs a second file for validation, with at most ${maxValidation.value} examples.`,
      expected: 'a validation file',
    });
    return;
  }
  const { validation } = facts.splits;
  if (validation > maxValidation.value) {
    report('too_many_validation', '', {
      message: `There are ${validation} validation examples, at most ${maxValidation.value} are allowed.`,
      expected: `at most ${maxValidation.value}`,
      found: validation,
    });
  }
  if (validation === 0 && needsValidation.value) {
    report('validation_missing', '', {
      message: 'Reinforcement fine-tuning needs a validation set; none of the examples is in it.',
      expected: `1 to ${maxValidation.value} validation examples`,
      found: 0,
    });
  }
}
