import { randomBytes } from 'node:crypto';
import { keyOfPhrase, phraseOfKey } from '../../../shared/features/workspaces/recovery-phrase.ts';
import type { EncryptionState } from '../../../shared/features/workspaces/workspaces.model.ts';
import type { Log, SecretStore } from '../../core/ports.ts';
import { keyNotKept, recoveryNeeded } from './workspaces.failures.ts';

/** A workspace's key as it is used to open the store; null means an unencrypted store. */
export type WorkspaceKey = { readonly keyHex: string | null; readonly encryption: EncryptionState };

const secretId = (workspaceId: string): string => `workspace:${workspaceId}`;

/** Makes, keeps and finds the keys of workspaces. */
export type WorkspaceKeys = ReturnType<typeof createWorkspaceKeys>;

/** Keys in the secret store; encryption only where that store outlives the program. */
export function createWorkspaceKeys(secrets: SecretStore, log: Log) {
  return {
    /** A fresh key, already kept, with its recovery phrase; no key at all without a persistent keychain. */
    async create(workspaceId: string): Promise<WorkspaceKey & { recoveryPhrase: string | null }> {
      const encryption = await possible(secrets);
      if (!encryption.isEncrypted) return { keyHex: null, encryption, recoveryPhrase: null };
      const keyHex = randomBytes(32).toString('hex');
      try {
        await secrets.set(secretId(workspaceId), keyHex);
      } catch (error) {
        throw keyNotKept(error);
      }
      return { keyHex, encryption, recoveryPhrase: phraseOfKey(keyHex) };
    },

    /** No key: how an unencrypted store describes itself. */
    async none(): Promise<WorkspaceKey> {
      const { isEncrypted, reason } = await possible(secrets);
      const text = isEncrypted ? 'Not encrypted: made while no keychain could keep a key.' : reason;
      return { keyHex: null, encryption: { isEncrypted: false, reason: text } };
    },

    /** The key that this machine holds; null when it holds none or its keychain does not answer. */
    async find(workspaceId: string): Promise<WorkspaceKey | null> {
      const keyHex = await secrets.get(secretId(workspaceId)).catch((error: unknown) => {
        log.warn('the keychain did not give the key', { error: String(error) });
        return null;
      });
      return keyHex === null ? null : { keyHex, encryption: await encrypted(secrets) };
    },

    /** The key that a typed phrase stands for; throws RECOVERY_NEEDED saying which word is wrong. */
    async fromPhrase(phrase: string): Promise<WorkspaceKey> {
      const read = keyOfPhrase(phrase);
      if ('problem' in read) throw recoveryNeeded(read.problem);
      return { keyHex: read.keyHex, encryption: await encrypted(secrets) };
    },

    /** Keeps a key that a phrase brought back. */
    async keep(workspaceId: string, keyHex: string): Promise<void> {
      // The workspace is open by now; without the key here the phrase is asked for again the next time.
      await secrets.set(secretId(workspaceId), keyHex).catch((error: unknown) => {
        log.warn('the keychain did not keep the key', { error: String(error) });
      });
    },

    /** Forgets the key of a workspace that is being deleted. */
    async forget(workspaceId: string): Promise<void> {
      await secrets.delete(secretId(workspaceId));
    },
  };
}

async function encrypted(secrets: SecretStore): Promise<EncryptionState> {
  const { reason } = await secrets.probe();
  return { isEncrypted: true, reason: `Encrypted on this disk (AEGIS-256). ${reason}` };
}

/** What a new workspace can be here. */
async function possible(secrets: SecretStore): Promise<EncryptionState> {
  const { isPersistent, reason } = await secrets.probe();
  if (isPersistent) return encrypted(secrets);
  const why = 'Not encrypted: this machine offers no keychain that outlives the program.';
  return { isEncrypted: false, reason: `${why} ${reason}` };
}
