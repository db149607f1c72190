import { createHash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import { AppFailure } from '../../../shared/failures.ts';
import type { Approvals } from '../../core/feature-ports.ts';
import type { Kit } from '../../core/kit.ts';
import { insertApproval, spendApproval } from './egress.sql.ts';

const lifetimeMs = 30 * 60_000;

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Permissions that the core mints for one subject, good once and for half an hour. */
export function createApprovals(kit: Kit): Approvals {
  return {
    async mint(subject) {
      const approvalId = randomBytes(24).toString('base64url');
      const mintedAt = kit.clock.now();
      const expiresAt = mintedAt + lifetimeMs;
      await kit.workspace.require().write((db) =>
        insertApproval(db, {
          idSha256: sha256(approvalId),
          subjectSha256: sha256(canonicalize(subject) ?? ''),
          mintedAt,
          expiresAt,
        }),
      );
      return { approvalId, expiresAt };
    },
    consume(db, approvalId, subject) {
      const isGood = spendApproval(db, {
        idSha256: sha256(approvalId),
        subjectSha256: sha256(canonicalize(subject) ?? ''),
        now: kit.clock.now(),
      });
      if (isGood) return;
      throw new AppFailure('NOT_APPROVED', {
        what: 'This approval does not hold any more: it was used, is too old, or something has changed since it was given.',
        todo: 'Look at the plan again and approve what it says now.',
        retry: 'never',
      });
    },
  };
}
