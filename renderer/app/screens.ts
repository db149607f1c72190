import { activityScreen } from '../features/activity/activity.screen.tsx';
import { costsScreen } from '../features/costs/costs.screen.tsx';
import { evalScreen } from '../features/evals/eval.screen.tsx';
import { evalsScreen } from '../features/evals/evals.screen.tsx';
import { newEvalScreen } from '../features/evals/new-eval.screen.tsx';
import { reportScreen } from '../features/reports/report.screen.tsx';
import { reportsScreen } from '../features/reports/reports.screen.tsx';
import { settingsScreen } from '../features/settings/settings.screen.tsx';
import { historyScreen } from '../features/workspaces/history.screen.tsx';
import { homeScreen } from '../features/workspaces/home.screen.tsx';
import type { Screen } from '../ui/location.ts';

/** Every page of the window, one line each; a feature's navigation entry appears once its first page stands here. */
export const screens: readonly Screen[] = [
  homeScreen,
  activityScreen,
  costsScreen,
  historyScreen,
  settingsScreen,
  evalsScreen,
  newEvalScreen,
  evalScreen,
  reportsScreen,
  reportScreen,
];
