import type { egressContract } from '../../../shared/features/egress/egress.contract.ts';
import type { Approvals, EgressGate } from '../../core/feature-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import { createApprovals } from './approvals.ts';
import {
  appendLine,
  countRequests,
  emptyLine,
  openRequests,
  readGate,
  readLedger,
  sumByHost,
  verifyChain,
  writeGate,
} from './egress.sql.ts';
import { createGate } from './gate.ts';

/** The gate, its ledger, and the ports through which other features may send anything at all. */
export function createEgressService(kit: Kit): {
  handlers: Handlers<typeof egressContract>;
  gate: EgressGate;
  approvals: Approvals;
} {
  const gate = createGate(kit);
  const db = () => kit.workspace.require().db;
  kit.events.register('egress.gate-moved', () => {});
  kit.workspace.onOpen(() => closeOpenRequests(kit));
  const handlers: Handlers<typeof egressContract> = {
    gate: () => readGate(db()),
    async setGate({ position }) {
      const session = kit.workspace.require();
      await session.write((tx) => moveGate(kit, tx, position));
      if (position === 'offline') gate.cutAll();
      kit.changes.emit('egress');
      return readGate(session.db);
    },
    ledger: ({ beforeSeq, limit, purpose }) => ({
      entries: readLedger(db(), { beforeSeq, limit, purpose }),
      total: countRequests(db(), purpose),
    }),
    verify: () => verifyChain(db()),
    summary() {
      const { position, movedAt } = readGate(db());
      const hosts = sumByHost(db());
      return {
        position,
        movedAt,
        hosts,
        requests: hosts.reduce((sum, host) => sum + host.requests, 0),
        bytesOut: hosts.reduce((sum, host) => sum + host.bytesOut, 0),
        lastSentAt: hosts.length > 0 ? Math.max(...hosts.map((host) => host.lastSentAt)) : null,
      };
    },
  };
  return { handlers, gate, approvals: createApprovals(kit) };
}

function moveGate(kit: Kit, tx: Parameters<typeof readGate>[0], position: 'offline' | 'online'): void {
  if (readGate(tx).position === position) return;
  const now = kit.clock.now();
  writeGate(tx, position, now);
  appendLine(tx, { ...emptyLine, at: now, kind: 'gate', detail: position });
  kit.events.append(tx, {
    feature: 'egress',
    kind: 'egress.gate-moved',
    label: position === 'online' ? 'open the network gate' : 'close the network gate',
    forward: { kind: 'egress.gate-moved', args: { position } },
    // Not undoable: Undo must never be what opens the gate.
    inverse: null,
  });
}

/** What was under way when the program ended gets its outcome: unknown. */
async function closeOpenRequests(kit: Kit): Promise<void> {
  const session = kit.workspace.require();
  const open = openRequests(session.db);
  if (open.length === 0) return;
  await session.write((tx) => {
    for (const seq of open) {
      appendLine(tx, {
        ...emptyLine,
        at: kit.clock.now(),
        kind: 'outcome',
        request_seq: seq,
        detail: 'the program ended before an answer came',
      });
    }
  });
}
