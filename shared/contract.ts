import { activityContract } from './features/activity/activity.contract.ts';
import { ballotsContract } from './features/preferences/ballots.contract.ts';
import { costsContract } from './features/costs/costs.contract.ts';
import { datasetsContract } from './features/datasets/datasets.contract.ts';
import { egressContract } from './features/egress/egress.contract.ts';
import { evalsContract } from './features/evals/evals.contract.ts';
import { exportsContract } from './features/exports/exports.contract.ts';
import { filesContract } from './features/files/files.contract.ts';
import { generationContract } from './features/preferences/generation.contract.ts';
import { importsContract } from './features/imports/imports.contract.ts';
import { jobsContract } from './features/jobs/jobs.contract.ts';
import { outcomeContract } from './features/preferences/outcome.contract.ts';
import { preferencesContract } from './features/preferences/preferences.contract.ts';
import { trustContract } from './features/preferences/trust.contract.ts';
import { privacyContract } from './features/privacy/privacy.contract.ts';
import { providersContract } from './features/providers/providers.contract.ts';
import { qualityContract } from './features/quality/quality.contract.ts';
import { moderationContract } from './features/quality/moderation.contract.ts';
import { readinessContract } from './features/quality/readiness.contract.ts';
import { reportsContract } from './features/reports/reports.contract.ts';
import { settingsContract } from './features/settings/settings.contract.ts';
import { versionsContract } from './features/versions/versions.contract.ts';
import { workspacesContract } from './features/workspaces/workspaces.contract.ts';

/** Everything a window or the terminal can ask of the core; the one place here that names every feature. */
export const contract = {
  activity: activityContract,
  ballots: ballotsContract,
  costs: costsContract,
  datasets: datasetsContract,
  egress: egressContract,
  evals: evalsContract,
  exports: exportsContract,
  files: filesContract,
  generation: generationContract,
  imports: importsContract,
  jobs: jobsContract,
  moderation: moderationContract,
  outcome: outcomeContract,
  preferences: preferencesContract,
  privacy: privacyContract,
  providers: providersContract,
  quality: qualityContract,
  readiness: readinessContract,
  reports: reportsContract,
  settings: settingsContract,
  trust: trustContract,
  versions: versionsContract,
  workspaces: workspacesContract,
};
export type Contract = typeof contract;
