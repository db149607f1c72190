import { activityContract } from './features/activity/activity.contract.ts';
import { workspacesContract } from './features/workspaces/workspaces.contract.ts';

/** Everything a window or the terminal can ask of the core; the one place here that names every feature. */
export const contract = {
  activity: activityContract,
  workspaces: workspacesContract,
};
export type Contract = typeof contract;
