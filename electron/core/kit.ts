import type { Changes } from './changes.ts';
import type { EventLog } from './event-log.ts';
import type { Ports } from './ports.ts';
import type { Tasks } from './tasks.ts';
import type { CurrentWorkspace } from './workspace-session.ts';

/** What every feature service is given. */
export type Kit = Ports & {
  readonly workspace: CurrentWorkspace;
  readonly changes: Changes;
  readonly tasks: Tasks;
  readonly events: EventLog;
};
