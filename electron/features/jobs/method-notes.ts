import type { TrainingMethod } from '../../../shared/features/costs/costs.model.ts';
import type { LaunchRequest, PlanNote } from '../../../shared/features/jobs/jobs.model.ts';
import { jobMethodOf, methodWords as words } from '../../../shared/features/jobs/jobs.rules.ts';
import type { DatasetFacts, ProviderRegistry } from '../../core/feature-ports.ts';

type Asked = {
  request: Pick<LaunchRequest, 'method' | 'model'>;
  facts: Pick<DatasetFacts, 'method' | 'name'>;
  connection: Pick<ReturnType<ProviderRegistry['require']>, 'kind' | 'name'>;
  /** How the provider trains this model; null when nothing is on file about it. */
  offered: readonly TrainingMethod[] | null;
};

/** Whether data, method and model fit together. */
export function methodNotes({ request, facts, connection, offered }: Asked): PlanNote[] {
  const needed = jobMethodOf(facts.method);
  if (needed === null) {
    return [
      {
        level: 'blocks',
        code: 'METHOD_MISMATCH',
        what: `“${facts.name}” holds prompts for a grader (RFT); jobs train on chat examples and on preference pairs.`,
        todo: 'Choose another data set.',
      },
    ];
  }
  if (needed !== request.method) {
    return [
      {
        level: 'blocks',
        code: 'METHOD_MISMATCH',
        what: `“${facts.name}” is made for ${words[needed]}, and this job would be ${words[request.method]}.`,
        todo: 'Choose the method that fits, or another data set.',
      },
    ];
  }
  if (offered?.includes(request.method)) return [];
  if (offered) {
    return [
      {
        level: 'blocks',
        code: 'METHOD_NOT_OFFERED',
        what: `${connection.name} does not offer ${words[request.method]} for ${request.model}.`,
        todo: 'Choose another model or provider.',
      },
    ];
  }
  // Supervised training is what every such server is made for; of the rest nobody knows beforehand.
  if (request.method === 'supervised') return [];
  return [
    {
      level: 'warns',
      code: 'METHOD_UNKNOWN',
      what: `Whether ${connection.name} offers ${words[request.method]} for ${request.model} is not on file.`,
      todo: 'Look it up at the provider; a job it cannot do is refused at once and costs nothing.',
    },
  ];
}
