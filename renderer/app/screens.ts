import { activityScreen } from '../features/activity/activity.screen.tsx';
import { costsScreen } from '../features/costs/costs.screen.tsx';
import type { Screen } from '../ui/location.ts';

/** Every page of the window, one line each; a feature's navigation entry appears once its first page stands here. */
export const screens: readonly Screen[] = [activityScreen, costsScreen];
