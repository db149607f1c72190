/** The one base model of the practice provider: a small ranking policy, not a language model. */
export const practiceBaseModel = 'practice-ranker-1';

/** Name of a tuned model, shaped as at OpenAI: `ft:BASE:ORG:SUFFIX:ID`. */
export function tunedModelName(jobId: string, suffix: string | null): string {
  return `ft:${practiceBaseModel}:lapidary:${suffix ?? ''}:${jobId.slice(-8)}`;
}

/** Name of the model as it was after `step` steps; step 0 is the policy before training, over the same answers. */
export function checkpointModelName(tunedModel: string, step: number): string {
  return `${tunedModel}:ckpt-step-${step}`;
}
