import { rulesVersion } from '../../../shared/features/privacy/detect/rule-table.ts';
import type { privacyContract } from '../../../shared/features/privacy/privacy.contract.ts';
import {
  type DetectionState,
  detectionStates,
  type GateSetting,
  measurement,
  type Overview,
  personalDataTypes,
  type TypeCount,
} from '../../../shared/features/privacy/privacy.model.ts';
import { gravityOf } from '../../../shared/features/privacy/privacy.rules.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { PrivacyGate } from '../../core/dataset-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { Db } from '../../core/ports.ts';
import {
  dropDetections,
  keepDetections,
  type PrivacyPorts,
  pseudonymObstacle,
  replaceDetections,
  revealPseudonym,
} from './actions.ts';
import { blockFor, createPrivacyGate, gateOf } from './gate.ts';
import {
  type DetectionPage,
  hasManyDetections,
  lastScan,
  scanState,
  type StateCount,
} from './privacy.sql.ts';
import { manyDetections, type ReadInput, type ReadResult, readDetections } from './read.job.ts';
import { registerPrivacyOperations } from './operations.ts';
import { createScans } from './scan.task.ts';

/** Finds personal data in data sets and carries out what a person decides; `gate` is asked by every way out. */
export function createPrivacyService(
  kit: Kit,
  ports: PrivacyPorts,
): { handlers: Handlers<typeof privacyContract>; gate: PrivacyGate } {
  const scans = createScans(kit);
  registerPrivacyOperations(kit.events);
  const open = (datasetId: string) => requireState(kit.workspace.require().db, datasetId);
  const parts = { kit, ports };
  return {
    gate: createPrivacyGate(kit),
    handlers: {
      overview: ({ datasetId }) => overviewOf(kit, datasetId),
      scan: async ({ datasetId }) => ({ taskId: await scans.start(datasetId, open(datasetId).name) }),
      async detections({ datasetId, ...page }) {
        const { counts, detections } = await read(kit, open(datasetId).key, page);
        const total = counts
          .filter(
            (one) =>
              one.type === page.type &&
              (one.state === 'open') === page.isOpen &&
              page.confidences.includes(one.confidence),
          )
          .reduce((sum, one) => sum + one.count, 0);
        return { detections, total };
      },
      mask: ({ datasetId, which }) => replace(datasetId, which, 'masked'),
      pseudonymise: ({ datasetId, which }) => replace(datasetId, which, 'pseudonymised'),
      drop: ({ datasetId, which }) => dropDetections(parts, { datasetId, which, key: open(datasetId).key }),
      keep: ({ datasetId, which, reason }) =>
        keepDetections(kit, { which, key: open(datasetId).key }, reason),
      reveal: ({ pseudonym }) => revealPseudonym(kit, pseudonym),
      gate: () => gateOf(kit.workspace.require().db),
      changeGate: (setting) => changeGate(kit, setting),
    },
  };

  async function replace(
    datasetId: string,
    which: Parameters<typeof replaceDetections>[1]['which'],
    action: 'masked' | 'pseudonymised',
  ): Promise<{ taskId: string; changed: number }> {
    const { key, name } = open(datasetId);
    const done = await replaceDetections(parts, { datasetId, which, key }, action);
    scans.startAfter(done.taskId, { datasetId, name });
    return done;
  }
}

function requireState(db: Db, datasetId: string): NonNullable<ReturnType<typeof scanState>> {
  const state = scanState(db, datasetId, rulesVersion);
  if (state) return state;
  throw new AppFailure('DATASET_NOT_FOUND', {
    what: 'This data set is not in the workspace.',
    todo: 'Go back to the list of data sets.',
    retry: 'never',
  });
}

async function read(kit: Kit, key: number, page: DetectionPage | null): Promise<ReadResult> {
  const { db, address } = kit.workspace.require();
  if (!hasManyDetections(db, key, manyDetections)) return readDetections(db, key, page);
  return await kit.workers.run<ReadResult>('privacy.read', { store: address, key, page } satisfies ReadInput);
}

async function overviewOf(kit: Kit, datasetId: string): Promise<Overview> {
  const { db } = kit.workspace.require();
  const state = requireState(db, datasetId);
  const { counts } = await read(kit, state.key, null);
  const gate = gateOf(db);
  const obstacle = pseudonymObstacle(kit);
  return {
    scan: lastScan(db, datasetId),
    rulesVersion,
    examples: state.examples,
    unscanned: state.unscanned,
    found: counts.reduce((sum, one) => sum + one.count, 0),
    states: statesOf(counts),
    types: typesOf(counts),
    gate,
    block: blockFor(gate, { ...state, counts }),
    pseudonyms: { isPossible: obstacle === null, reason: obstacle ?? '' },
    measured: measurement.parse(kit.resources.readJson('privacy/measured.json')),
  };
}

function statesOf(counts: readonly StateCount[]): Record<DetectionState, number> {
  const sums = detectionStates.map((state) => [
    state,
    counts.filter((one) => one.state === state).reduce((sum, one) => sum + one.count, 0),
  ]);
  return Object.fromEntries(sums) as Record<DetectionState, number>;
}

function typesOf(counts: readonly StateCount[]): TypeCount[] {
  return personalDataTypes.flatMap((type) => {
    const own = counts.filter((one) => one.type === type);
    if (own.length === 0) return [];
    const open = { high: 0, medium: 0, low: 0 };
    let resolved = 0;
    for (const { state, confidence, count } of own) {
      if (state === 'open') open[confidence] += count;
      else resolved += count;
    }
    return [{ type, gravity: gravityOf(type), open, resolved }];
  });
}

async function changeGate(kit: Kit, setting: GateSetting): Promise<GateSetting> {
  await kit.workspace.require().write((db) => {
    const before = gateOf(db);
    kit.events.run(db, {
      feature: 'privacy',
      kind: 'privacy.gate-changed',
      label: 'change what is held back',
      forward: { kind: 'privacy.set-gate', args: setting },
      inverse: { kind: 'privacy.set-gate', args: before },
    });
  });
  kit.changes.emit('privacy');
  return setting;
}
