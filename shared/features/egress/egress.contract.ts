import { z } from 'zod';
import { procedure } from '../../failures.ts';
import { egressSummary, gatePosition, ledgerEntry, ledgerVerification, sendPurpose } from './egress.model.ts';

/** The network gate and its ledger: what left this workspace, to whom, and proof that the list is whole. */
export const egressContract = {
  gate: procedure('NO_WORKSPACE').output(
    z.object({ position: gatePosition, movedAt: z.number().int().nullable() }),
  ),
  /** Only the user moves the gate; it is recorded in the ledger and in the history. */
  setGate: procedure('NO_WORKSPACE')
    .input(z.object({ position: gatePosition }))
    .output(z.object({ position: gatePosition, movedAt: z.number().int().nullable() })),
  /** A page of requests, newest first, below `beforeSeq`. */
  ledger: procedure('NO_WORKSPACE')
    .input(
      z.object({
        beforeSeq: z.number().int().nullable(),
        limit: z.number().int().min(1).max(200),
        purpose: sendPurpose.nullable(),
      }),
    )
    .output(z.object({ entries: z.array(ledgerEntry), total: z.number().int() })),
  verify: procedure('NO_WORKSPACE').output(ledgerVerification),
  summary: procedure('NO_WORKSPACE').output(egressSummary),
};
