import type { Severity } from '../datasets.model.ts';
import { dpoCodes } from '../dpo/dpo-codes.ts';
import { error, type FindingKind, info, warning } from '../finding-kind.ts';
import { rftCodes } from '../rft/rft-codes.ts';
import { pictureCodes, toolCodes, wholeCodes } from './picture-codes.ts';

/**
 * Every finding the SFT checks can make. `platformSays` is what the platform answers to such a file (platform reference
 * 2.6, N stands for the number of the example), where that is known.
 */
export const sftCodes = {
  extra_key: error('Extra key', 'Invalid file format. Example N contains an extra "KEY".'),
  wrong_format: error(
    'Not a chat example',
    'Unexpected file format, expected either prompt/completion pairs or chat messages.',
  ),
  wrong_method: error(
    'Made for another method',
    'Invalid file format. The input file is not in the fine-tune-chat format that the supervised method needs.',
  ),
  messages_missing: error('No messages', "Invalid file format. Example N is missing key 'messages'"),
  messages_not_list: error('Messages are not a list'),
  messages_empty: error('No message in the list'),
  message_not_object: error('Message is not an object'),
  role_missing: error(
    'Role missing',
    "Invalid file format. Example N, message M Discriminator 'role' is missing in value",
  ),
  role_unknown: error('Unknown role'),
  developer_role: warning('Role “developer”'),
  function_role: warning('Deprecated role “function”'),
  extra_message_key: error('Extra key in a message'),
  name_invalid: warning('Unusual name'),
  weight_not_allowed: error('Weight on a wrong message'),
  weight_invalid: error('Weight is not 0 or 1'),
  weights_all_zero: warning('Nothing to learn from'),
  content_missing: error('Content missing'),
  content_invalid: error('Content has a wrong shape'),
  content_empty: error('Content is empty'),
  part_invalid: error('Content part has a wrong shape'),
  part_type: error('Unsupported content part'),
  image_role: error('Picture in a wrong message'),
  image_url_invalid: error('Picture address unusable'),
  image_detail_invalid: error('Unknown picture detail'),
  image_format: error('Picture format not supported'),
  image_too_large: error('Picture too large'),
  image_remote: info('Picture lies elsewhere'),
  too_many_images: error('Too many pictures'),
  last_not_assistant: error('Last message is not from the assistant'),
  assistant_missing: error('No assistant message'),
  consecutive_assistant: error('Two assistant messages in a row', 'contains invalid schema (20)'),
  system_not_first: warning('System message in the middle'),
  tool_calls_invalid: error('Tool call has a wrong shape'),
  tool_calls_empty: error('Empty list of tool calls'),
  tool_call_id_repeated: error('Tool call id used twice'),
  tool_call_unanswered: error('Tool call without a result'),
  tool_result_unmatched: error('Tool result without a call'),
  tool_call_id_missing: error('Tool result names no call'),
  tool_undeclared: error('Undeclared tool'),
  arguments_not_text: error('Arguments are not a text'),
  arguments_not_json: error('Arguments are not JSON'),
  arguments_not_object: error('Arguments are not an object'),
  arguments_schema: error('Arguments do not fit the tool'),
  arguments_unchecked: info('Arguments not checked'),
  tools_invalid: error('Tools have a wrong shape'),
  tools_empty: warning('Empty list of tools'),
  tools_too_many: error('Too many tools'),
  tool_invalid: error('Tool has a wrong shape'),
  tool_name_invalid: error('Tool name not allowed'),
  tool_repeated: error('Tool declared twice'),
  tool_schema_invalid: error('Tool parameters are not a JSON Schema'),
  functions_deprecated: warning('Deprecated “functions”'),
  parallel_tool_calls_invalid: error('parallel_tool_calls is not true or false'),
  parallel_tool_calls_unused: warning('parallel_tool_calls without tools'),
  special_token: error('Forbidden special token'),
  hidden_characters: warning('Hidden characters'),
  control_characters: warning('Control characters'),
  unsafe_number: warning('Number loses precision'),
  over_limit: warning('Longer than the model reads'),
  too_few_examples: error(
    'Fewer than 10 examples',
    'Training file has N example(s), but must have at least 10 examples',
  ),
  too_many_image_examples: error('Too many examples with pictures'),
  exact_duplicate: warning('Exact duplicate'),
  conflicting_answers: warning('Same prompt, different answers'),
} as const satisfies Readonly<Record<string, FindingKind>>;

/** Every finding of every method. */
export const findingCodes = {
  ...sftCodes,
  ...dpoCodes,
  ...rftCodes,
  ...pictureCodes,
  ...toolCodes,
  ...wholeCodes,
} as const;

export type FindingCode = keyof typeof findingCodes;

/** True when `code` names a finding this version can make. */
export function isFindingCode(code: string): code is FindingCode {
  return Object.hasOwn(findingCodes, code);
}

/** Title of a finding for people; the code itself when a newer version made it. */
export function titleOfCode(code: string): string {
  return isFindingCode(code) ? findingCodes[code].title : code;
}

/** The usual severity of a finding; null for one that this version cannot make. */
export function severityOf(code: string): Severity | null {
  return isFindingCode(code) ? findingCodes[code].severity : null;
}

/** What the platform is known to answer; null when that is not known. */
export function platformAnswer(code: string): string | null {
  const known: FindingKind | null = isFindingCode(code) ? findingCodes[code] : null;
  return known?.platformSays ?? null;
}
