import { useQuery } from '@tanstack/react-query';
import { Globe, ShieldCheck } from 'lucide-react';
import { useOpenWorkspace } from '../features/workspaces/workspaces.queries.ts';
import { rpc } from '../rpc.ts';
import { StatusLink } from '../ui/status-item.tsx';

/** The network gate of the workspace; it leads to what has left through it. */
export function GateStatus() {
  const workspace = useOpenWorkspace();
  const gate = useQuery({
    queryKey: ['egress', 'gate', workspace?.id],
    queryFn: () => rpc.egress.gate(),
    enabled: workspace !== null,
  }).data;
  if (!workspace || !gate) return null;
  const isOpen = gate.position === 'online';
  return (
    <StatusLink
      href="/governance"
      icon={isOpen ? <Globe aria-hidden /> : <ShieldCheck aria-hidden />}
      tone={isOpen ? 'amber' : 'emerald'}
      text={isOpen ? 'Online' : 'Offline'}
      explanation={
        isOpen
          ? 'The gate is open: what you send leaves this machine, and is recorded.'
          : 'The gate is closed: nothing leaves this machine.'
      }
    />
  );
}
