import { error, type FindingKind, info, warning } from '../finding-kind.ts';

/** Findings about prompts for reinforcement fine-tuning (platform reference 2.4, 2.6). */
export const rftCodes = {
  system_role: warning('Role “system” for a reasoning model'),
  pair_for_rft: error(
    'Preference pair in a reinforcement file',
    "Invalid file format. Example N is missing key 'messages'",
  ),
  ends_with_assistant: error('Last message is from the assistant'),
  last_not_user: warning('Last message is not from the user'),
  item_missing: warning('Nothing for a grader to compare with'),
  item_nested: warning('Fields hidden inside “item”'),
  item_name: warning('A field no template can name'),
  item_shadows: info('A setting became a field of the item'),
  item_field_missing: error('A field the grader needs is missing'),
  item_field_gap: warning('A field is missing in some rows'),
  item_field_type: warning('A field changes its type between rows'),
  grader_shape: error('Not a grader'),
  grader_field: error('Field of the grader missing or wrong'),
  grader_template: error('The grader reads what is not there'),
  grader_formula: error('calculate_output cannot be worked out'),
  grader_nested: error('Multi grader inside of another'),
  grader_python: error('Python grader without its function'),
  grader_not_for_training: warning('Grader not for training'),
  grader_unused: warning('A score does not count'),
  reasoning_request: warning(
    'The prompt asks for hidden reasoning',
    'The job failed due to an unsafe training file: flagged for content that violates the usage policies with respect to model reasoning extraction.',
  ),
  too_many_training: error('More training examples than allowed'),
  too_many_validation: error('More validation examples than allowed'),
  validation_missing: error('No validation set'),
  validation_needed: info('A validation file is needed too'),
} as const satisfies Readonly<Record<string, FindingKind>>;
