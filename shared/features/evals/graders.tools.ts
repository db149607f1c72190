import type { ToolCall } from '../datasets/datasets.model.ts';
import { canonical, parseJson } from './canonical.rules.ts';
import type { Grade } from './graders.model.ts';

type Call = { name: string; arguments: string | null };

/**
 * Passes when exactly the expected calls were made, in any order: same names, arguments equal as canonical JSON.
 * Score: share of calls that match, of the larger number of calls; both empty is a match.
 */
export function gradeToolCalls(expected: readonly ToolCall[], made: readonly ToolCall[]): Grade {
  const wanted = expected.map(read);
  const answered = made.map(read);
  const open = [...answered];
  const missing = wanted.filter((call) => {
    const at = open.findIndex((other) => isSame(call, other));
    if (at >= 0) open.splice(at, 1);
    return at < 0;
  });
  const total = Math.max(wanted.length, answered.length);
  const isPassed = missing.length === 0 && open.length === 0;
  return {
    score: total === 0 ? 1 : (wanted.length - missing.length) / total,
    passed: isPassed,
    failure: answered.some((call) => call.arguments === null) ? 'arguments_not_json' : null,
    note: isPassed ? '' : explain(missing, open),
    label: null,
    fields: null,
  };
}

function read(call: ToolCall): Call {
  const parsed = parseJson(call.function.arguments);
  return { name: call.function.name, arguments: parsed ? canonical(parsed.value) : null };
}

function isSame(one: Call, other: Call): boolean {
  return one.arguments !== null && one.name === other.name && one.arguments === other.arguments;
}

function explain(missing: readonly Call[], open: readonly Call[]): string {
  const [wanted] = missing;
  const [made] = open;
  if (!wanted) return `Called ${made?.name ?? 'a tool'} where no such call was expected.`;
  if (!made) return `Did not call ${wanted.name}.`;
  if (made.name !== wanted.name) return `Called ${made.name} instead of ${wanted.name}.`;
  if (made.arguments === null) return `The arguments of ${made.name} are not JSON.`;
  return `Called ${made.name} with other arguments.`;
}
