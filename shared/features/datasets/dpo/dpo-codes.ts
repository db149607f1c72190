import { error, type FindingKind, warning } from '../finding-kind.ts';

/** Findings about preference pairs; the platform's answers are in platform reference 2.6. */
export const dpoCodes = {
  preference_keys: error(
    'Keys of a preference pair spelled otherwise',
    "Invalid file format. Example N is missing key 'input'.",
  ),
  chat_for_dpo: error(
    'Chat example in a preference file',
    "Invalid file format. Input file file-X is in the fine-tune-chat format, but the specified fine-tuning job is not using 'supervised' as the training method (provided method=dpo).",
  ),
  input_missing: error('No input', "Invalid file format. Example N is missing key 'input'."),
  input_invalid: error('Input has a wrong shape'),
  input_ends_with_assistant: error('Input ends with the assistant'),
  side_missing: error(
    'A side of the pair is missing',
    "Invalid file format. Example N is missing key 'preferred_output'.",
  ),
  side_not_list: error('A side is not a list'),
  side_count: error('A side is not exactly one message'),
  side_tool_message: error('Tool messages in a side'),
  side_role: error('A side is not from the assistant'),
  side_empty: error('A side is empty'),
  sides_identical: warning('Both sides are the same'),
  sides_alike: warning('Both sides are nearly the same'),
  side_repeats_turn: warning('A side repeats the last turn'),
  preference_many_turns: warning('Preference after several turns'),
  preference_image: error('Picture in a preference pair'),
  preferred_longer: warning('Preferred is nearly always longer'),
  preference_reversed: warning('The same pair is preferred both ways'),
} as const satisfies Readonly<Record<string, FindingKind>>;
