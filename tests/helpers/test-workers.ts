import { createWorkers } from '../../electron/adapters/workers/worker-host.ts';
import type { Workers } from '../../electron/core/ports.ts';
import { AppFailure, failureCodes, type FailureCode, type FailureData } from '../../shared/failures.ts';

/** The real worker program in real threads, run from the sources. */
export function createTestWorkers(): Workers {
  const entry = new URL('../../electron/core/create-worker.ts', import.meta.url);
  return createWorkers(entry, (failure) => {
    const code = failureCodes.find((one): one is FailureCode => one === failure.code);
    return code ? new AppFailure(code, failure.data as FailureData) : failure;
  });
}
