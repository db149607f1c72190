import { canonical, isObject, parseJson } from './canonical.rules.ts';
import type { GradingFailure } from './graders.model.ts';
import { type GradedItem, type Sample, textOf } from './sample.rules.ts';

/** A filled template, or why it could not be filled. */
export type Filled = { text: string } | { failure: GradingFailure; note: string };

const placeholder = /\{\{(.*?)\}\}/gs;
const path = /^\s*(item|sample)((?:\.[A-Za-z_][A-Za-z0-9_]*|\[\d+\])+)\s*$/;
const step = /\.([A-Za-z_][A-Za-z0-9_]*)|\[(\d+)\]/g;

/**
 * Fills `{{item.…}}` and `{{sample.…}}` (platform reference, section 3) in one pass: what is filled in is never
 * read as a template. `item` has `messages`, `prompt` (last user text), `expected_text`, `expected_json` and
 * `expected_tools`; `sample` has `output_text`, `output_json` and `output_tools`.
 */
export function fillTemplate(template: string, item: GradedItem, sample: Sample): Filled {
  let failed: Extract<Filled, { note: string }> | null = null;
  const text = template.replace(placeholder, (whole, inside: string) => {
    const value = lookUp(whole, inside, { item, sample });
    if ('text' in value) return value.text;
    failed ??= value;
    return '';
  });
  return failed ?? { text };
}

function lookUp(whole: string, inside: string, data: { item: GradedItem; sample: Sample }): Filled {
  const match = path.exec(inside);
  if (!match) {
    return {
      failure: 'invalid_template',
      note: `${whole} is no variable: it must start with item. or sample.`,
    };
  }
  const steps = [...(match[2] ?? '').matchAll(step)].map((part) => part[1] ?? Number(part[2]));
  const root = match[1] === 'item' ? itemVariables(data.item) : sampleVariables(data.sample);
  if (steps[0] === 'output_json' && root.output_json === undefined) {
    return { failure: 'parse_failure', note: 'The answer is not JSON.' };
  }
  let value: unknown = root;
  for (const key of steps) {
    value = own(value, key);
    if (value === undefined || value === null) {
      return { failure: 'missing_variable', note: `${whole} has no value here.` };
    }
  }
  return { text: typeof value === 'string' ? value : canonical(value) };
}

function own(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return typeof key === 'number' ? value[key] : undefined;
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function itemVariables(item: GradedItem): Record<string, unknown> {
  const user = item.messages.findLast((message) => message.role === 'user');
  return {
    messages: item.messages,
    prompt: user ? textOf(user) : undefined,
    expected_text: item.expected.text,
    expected_json: parseJson(item.expected.text)?.value,
    expected_tools: item.expected.tools,
  };
}

function sampleVariables(sample: Sample): Record<string, unknown> {
  return {
    output_text: sample.text,
    output_json: parseJson(sample.text)?.value,
    output_tools: sample.tools,
    choices: [{ message: { role: 'assistant', content: sample.text, tool_calls: sample.tools } }],
  };
}
