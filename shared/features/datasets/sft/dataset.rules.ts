import { createReport, type ExampleFinding } from './check-context.ts';
import { imageLimits } from './images.rules.ts';

/** The platform refuses files with fewer examples (platform reference 2). */
export const minExamples = 10;

/** Findings about a data set as a whole, from its number of examples and of those with pictures. */
export function checkDataset(examples: number, withImages: number): ExampleFinding[] {
  const { report, findings } = createReport();
  if (examples < minExamples) {
    report('too_few_examples', '', {
      message: `There are ${examples} example(s), at least ${minExamples} are needed; 50 to 100 before an effect shows.`,
      expected: `at least ${minExamples}`,
      found: examples,
    });
  }
  if (withImages > imageLimits.examplesPerFile) {
    report('too_many_image_examples', '', {
      message: `${withImages} examples hold pictures, at most ${imageLimits.examplesPerFile} are allowed in a file.`,
      expected: `at most ${imageLimits.examplesPerFile}`,
      found: withImages,
    });
  }
  return findings;
}

/** The finding for an example that is the same, as canonical JSON, as an earlier one at `firstLine`. */
export function duplicateFinding(firstLine: number): ExampleFinding {
  const { report, findings } = createReport();
  report('exact_duplicate', '', {
    message: `The same example stands in line ${firstLine}; it would count twice and may end up in two splits.`,
    expected: 'every example once',
    found: `line ${firstLine}`,
    fix: { kind: 'delete-example', label: 'Delete this duplicate' },
  });
  return only(findings);
}

/** The finding for an example whose prompt stands elsewhere, at `otherLine`, with a different answer. */
export function conflictFinding(otherLine: number): ExampleFinding {
  const { report, findings } = createReport();
  report('conflicting_answers', '/messages', {
    message: `Line ${otherLine} has the same prompt with a different answer; the model cannot learn both.`,
    expected: 'one answer per prompt',
    found: `line ${otherLine}`,
  });
  return only(findings);
}

function only(findings: readonly ExampleFinding[]): ExampleFinding {
  const [finding] = findings;
  if (!finding) throw new Error('no finding was made');
  return finding;
}
