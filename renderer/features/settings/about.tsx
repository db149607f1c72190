import { useQuery } from '@tanstack/react-query';
import { rpc } from '../../rpc.ts';
import { ToneIcon } from '../../ui/badge.tsx';
import { Link } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { PathText } from '../../ui/path-text.tsx';
import { Facts } from '../../ui/stat.tsx';

function useAbout() {
  return useQuery({ queryKey: ['settings', 'about'], queryFn: () => rpc.settings.about() });
}

const names = {
  keychain: 'In the system’s keychain',
  safeStorage: 'Encrypted by the desktop’s password store',
  memory: 'In memory only',
};

/** Where keys are kept, why there, and what that means. */
export function KeyPlace() {
  const query = useAbout();
  return (
    <Loaded query={query}>
      {({ keyStorage }) => (
        <div className="flex gap-2.5 rounded-md border border-line px-4 py-3 text-sm">
          <ToneIcon tone={keyStorage.isPersistent ? 'emerald' : 'amber'} className="mt-0.5" />
          <div className="min-w-0 space-y-1">
            <p className="font-medium">{names[keyStorage.stored]}</p>
            <p className="break-words text-muted">{keyStorage.reason}</p>
            {!keyStorage.isPersistent && (
              <p className="text-pretty text-muted">
                So new workspaces are not encrypted, and a provider’s key has to be entered again after a
                restart. Nothing is ever written in plain text instead.
              </p>
            )}
            <p className="pt-1">
              <Link href="/settings/providers">Providers and their keys</Link>
            </p>
          </div>
        </div>
      )}
    </Loaded>
  );
}

/** Versions and places, to be read out or copied into a report. */
export function AboutFacts() {
  const query = useAbout();
  return (
    <Loaded query={query}>
      {(about) => (
        <Facts
          facts={[
            { name: 'Lapidary', value: about.version },
            { name: 'Node', value: about.node },
            { name: 'SQLite', value: about.sqlite },
            { name: 'System', value: about.platform },
            {
              name: 'App folder',
              value: <PathText path={about.appFolder} />,
            },
            { name: 'Log', value: <PathText path={about.logFile} /> },
            { name: 'Telemetry', value: 'None. The log stays on this machine, without keys.' },
          ]}
        />
      )}
    </Loaded>
  );
}
