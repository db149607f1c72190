import { dayOf } from '../../../shared/features/costs/catalogue.ts';
import { modelCatalogue } from '../../../shared/features/costs/costs.model.ts';
import { providerRuleBook, rulesOfProvider } from '../../../shared/features/datasets/provider-rules.model.ts';
import type { readinessContract } from '../../../shared/features/quality/readiness.contract.ts';
import type { QualityState } from '../../../shared/features/quality/quality.model.ts';
import { readinessLines, verdictOf } from '../../../shared/features/quality/readiness.rules.ts';
import type { ReadinessReader } from '../../core/dataset-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';

/** The scorecard of a data set: counts by `datasets`, limits and models from the resources, rules that are pure. */
export function createReadinessService(
  kit: Pick<Kit, 'resources' | 'clock'>,
  parts: { datasets: ReadinessReader; quality: { state(datasetId: string): Promise<QualityState> } },
): Handlers<typeof readinessContract> {
  const book = () => providerRuleBook.parse(kit.resources.readJson('provider-rules.json'));
  const models = () => modelCatalogue.parse(kit.resources.readJson('models.json')).models;
  return {
    async get({ datasetId, provider }) {
      const [facts, { profile, isOutdated }] = await Promise.all([
        parts.datasets.facts(datasetId),
        parts.quality.state(datasetId),
      ]);
      const quality = profile && { checks: profile.checks, isOutdated };
      const { providers, asOf } = book();
      const rules = rulesOfProvider({ providers, asOf }, provider);
      const own = models().filter((one) => one.provider === rules.id);
      const today = dayOf(kit.clock.now());
      const lines = readinessLines({ facts, rules, models: own, quality, today });
      return {
        datasetId,
        name: facts.name,
        method: facts.method,
        provider: { id: rules.id, name: rules.name },
        providers: providers.map(({ id, name }) => ({ id, name })),
        verdict: verdictOf(lines),
        exampleCount: facts.exampleCount,
        tokenTotal: facts.tokenTotal,
        lines,
        look: facts.look,
        grader: facts.grader,
        rulesAsOf: asOf,
      };
    },
    look: ({ datasetId }) => parts.datasets.look(datasetId),
    async setGrader({ datasetId, text }) {
      await parts.datasets.setGrader(datasetId, text);
      return {};
    },
  };
}
