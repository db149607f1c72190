import { activityScreen } from '../features/activity/activity.screen.tsx';
import { costsScreen } from '../features/costs/costs.screen.tsx';
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
];
