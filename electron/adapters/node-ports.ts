import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppFailure, type FailureCode, type FailureData } from '../../shared/failures.ts';
import type { Dialogs, Ports, SecretStore } from '../core/ports.ts';
import { appFolderOf } from './files/app-folder.ts';
import { createAtomicFiles } from './files/atomic-files.ts';
import { createFileOpener } from './files/file-opener.ts';
import { createFileLog } from './files/file-log.ts';
import { packageRoot } from './files/package-root.ts';
import { createPlatformDialogs } from './files/platform-dialogs.ts';
import { createResources } from './files/resources.ts';
import type { SafeStorageFacade } from './keychain/safe-storage-secrets.ts';
import { createSelectedSecrets } from './keychain/select-secrets.ts';
import { workerEntry } from './workers/worker-entry.ts';
import { createWorkers, type WorkerFailure } from './workers/worker-host.ts';

/** What a window or the terminal may bring instead of the plain Node choice. */
export type NodePortsOptions = {
  appFolder?: string;
  dialogs?: Dialogs;
  secrets?: SecretStore;
  /** Electron's safeStorage, when there is one. */
  safeStorage?: SafeStorageFacade;
};

/** The ports of a plain Node program: system clock, files under the app folder, worker threads, the keychain. */
export function createNodePorts(options: NodePortsOptions = {}): Ports {
  const appFolder = options.appFolder ?? appFolderOf();
  mkdirSync(appFolder, { recursive: true, mode: 0o700 });
  const log = createFileLog(appFolder);
  const atomicFiles = createAtomicFiles();
  return {
    clock: { now: () => Date.now() },
    log,
    secrets:
      options.secrets ??
      createSelectedSecrets({ appFolder, atomicFiles, log, safeStorage: options.safeStorage ?? null }),
    dialogs: options.dialogs ?? createPlatformDialogs(),
    opener: createFileOpener(),
    workers: createWorkers(workerEntry(), toError),
    resources: createResources(join(packageRoot(), 'resources')),
    atomicFiles,
    appFolder,
    network: globalThis.fetch,
  };
}

/** Gives a failure that crossed from a worker its type back. */
function toError(failure: WorkerFailure): Error {
  if (failure.code === null) return failure;
  return new AppFailure(failure.code as FailureCode, failure.data as FailureData);
}
