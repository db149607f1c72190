import type { workspacesContract } from '../../../shared/features/workspaces/workspaces.contract.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { WorkspaceSwitch } from '../../core/workspace-session.ts';

export function createWorkspacesService(
  kit: Kit,
  parts: { switch: WorkspaceSwitch },
): Handlers<typeof workspacesContract> {
  void kit;
  void parts;
  throw new Error();
}
