import { homedir } from 'node:os';
import { join } from 'node:path';

type Surroundings = {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
};

const here = (): Surroundings => ({ platform: process.platform, env: process.env, home: homedir() });

/**
 * Folder for settings, the list of workspaces, the log and new workspaces: `LAPIDARY_HOME` if set, otherwise the
 * platform's place for application data (AppData\Roaming, Library/Application Support, XDG data home).
 */
export function appFolderOf(surroundings: Surroundings = here()): string {
  const { platform, env, home } = surroundings;
  if (env.LAPIDARY_HOME) return env.LAPIDARY_HOME;
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Lapidary');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Lapidary');
  // The XDG specification says to ignore a relative path.
  const data = env.XDG_DATA_HOME?.startsWith('/') ? env.XDG_DATA_HOME : join(home, '.local', 'share');
  return join(data, 'lapidary');
}
