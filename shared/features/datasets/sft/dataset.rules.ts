import { type ExampleFinding, oneFinding } from './check-context.ts';

/** The finding for an example that is the same, as canonical JSON, as an earlier one at `firstLine`. */
export function duplicateFinding(firstLine: number): ExampleFinding {
  return oneFinding('exact_duplicate', '', {
    message: `The same example stands in line ${firstLine}; it would count twice and may end up in two splits.`,
    expected: 'every example once',
    found: `line ${firstLine}`,
    fix: { kind: 'delete-example', label: 'Delete this duplicate' },
  });
}

/** The finding for an example whose prompt stands elsewhere, at `otherLine`, with a different answer. */
export function conflictFinding(otherLine: number): ExampleFinding {
  return oneFinding('conflicting_answers', '/messages', {
    message: `Line ${otherLine} has the same prompt with a different answer; the model cannot learn both.`,
    expected: 'one answer per prompt',
    found: `line ${otherLine}`,
  });
}
