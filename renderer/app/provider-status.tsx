import { useQuery } from '@tanstack/react-query';
import { Cpu, Plug } from 'lucide-react';
import type { Connection } from '../../shared/features/providers/providers.model.ts';
import { useOpenWorkspace } from '../features/workspaces/workspaces.queries.ts';
import { rpc } from '../rpc.ts';
import { StatusLink } from '../ui/status-item.tsx';

const page = '/settings/providers';

/** What is wrong with a connection, in words; null when it can be used. */
function trouble(connection: Connection): string | null {
  if (connection.access && !connection.access.isPresent) return 'Its key has to be entered again.';
  if (connection.trainingBlock) return connection.trainingBlock.message;
  if (connection.lastTest && !connection.lastTest.isOk) return connection.lastTest.what;
  return null;
}

/** Who trains and answers: the practice provider until another one is connected, then that one. */
export function ProviderStatus() {
  const workspace = useOpenWorkspace();
  const connections = useQuery({
    queryKey: ['providers', 'list', workspace?.id],
    queryFn: () => rpc.providers.list(),
    enabled: workspace !== null,
  }).data;
  if (!workspace || !connections) return null;
  const others = connections.filter((connection) => connection.kind !== 'practice');
  const first = others[0];
  if (!first) {
    return (
      <StatusLink
        href={page}
        icon={<Cpu aria-hidden />}
        tone="quartz"
        text="Practice"
        explanation="The practice provider trains and answers on this machine, for nothing. What it makes is marked."
      />
    );
  }
  const fault = trouble(first);
  return (
    <StatusLink
      href={page}
      icon={<Plug aria-hidden />}
      tone={fault ? 'amber' : 'neutral'}
      text={others.length > 1 ? `${first.name} and ${others.length - 1} more` : first.name}
      explanation={fault ?? `Connected: ${others.map((one) => `${one.name} (${one.host})`).join(', ')}.`}
    />
  );
}
