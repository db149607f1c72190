import { activityScreen } from '../features/activity/activity.screen.tsx';
import { costsScreen } from '../features/costs/costs.screen.tsx';
import { evalScreen } from '../features/evals/eval.screen.tsx';
import { evalsScreen } from '../features/evals/evals.screen.tsx';
import { newEvalScreen } from '../features/evals/new-eval.screen.tsx';
import { reportScreen } from '../features/reports/report.screen.tsx';
import { reportsScreen } from '../features/reports/reports.screen.tsx';
import { governanceScreen } from '../features/egress/egress.screen.tsx';
import { jobsScreen } from '../features/jobs/jobs.screen.tsx';
import { launchScreen } from '../features/jobs/launch.screen.tsx';
import { runScreen } from '../features/jobs/run.screen.tsx';
import { connectionScreen } from '../features/providers/connection.screen.tsx';
import { providersScreen } from '../features/providers/providers.screen.tsx';
import { trainingRefusedScreen } from '../features/providers/training-refused.screen.tsx';
import { createDatasetScreen } from '../features/datasets/dataset.screen.tsx';
import { datasetsScreen } from '../features/datasets/datasets.screen.tsx';
import { ExportDialog } from '../features/exports/export-dialog.tsx';
import { judgeScreen } from '../features/preferences/judge.screen.tsx';
import { newSetScreen } from '../features/preferences/new-set.screen.tsx';
import { preferencesScreen } from '../features/preferences/preferences.screen.tsx';
import { createSetScreen } from '../features/preferences/set.screen.tsx';
import { settingsScreen } from '../features/settings/settings.screen.tsx';
import { importScreen } from '../features/imports/import.screen.tsx';
import { historyScreen } from '../features/workspaces/history.screen.tsx';
import { homeScreen } from '../features/workspaces/home.screen.tsx';
import type { Screen } from '../ui/location.ts';
import { useDatasetMenu, useDatasetTabs } from './dataset-tabs.tsx';
import { usePreferenceTabs } from './preference-tabs.tsx';

/** Every page of the window, one line each; a feature's navigation entry appears once its first page stands here. */
export const screens: readonly Screen[] = [
  homeScreen,
  activityScreen,
  costsScreen,
  governanceScreen,
  datasetsScreen,
  importScreen,
  createDatasetScreen({ useTabs: useDatasetTabs, useMenu: useDatasetMenu, ExportDialog }),
  preferencesScreen,
  newSetScreen,
  createSetScreen(usePreferenceTabs),
  judgeScreen,
  historyScreen,
  jobsScreen,
  launchScreen,
  runScreen,
  connectionScreen,
  providersScreen,
  trainingRefusedScreen,
  settingsScreen,
  evalsScreen,
  newEvalScreen,
  evalScreen,
  reportsScreen,
  reportScreen,
];
