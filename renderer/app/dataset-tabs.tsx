import { useMemo } from 'react';
import { useCommands } from '../ui/commands.ts';
import { useGo } from '../ui/location.ts';
import type { UseDatasetMenu, UseDatasetTabs } from '../features/datasets/dataset.screen.tsx';
import { QualityTab } from '../features/quality/quality-tab.tsx';
import { ReadinessTab } from '../features/quality/readiness.tsx';
import { PrivacyTab } from '../features/privacy/privacy-tab.tsx';
import { ProvenanceTab } from '../features/imports/provenance-tab.tsx';
import { VersionsTab } from '../features/versions/versions-tab.tsx';

/**
 * The tabs that other features bring to a data set, between its examples and its quarantine, one entry each:
 * `{ id: 'quality', label: 'Quality', content: <Quality datasetId={dataset.datasetId} /> }`. A link to some examples
 * is `/datasets/<id>?tab=examples&codes=["near_duplicate"]&open=<exampleId>`.
 */
export const useDatasetTabs: UseDatasetTabs = ({ datasetId, name }) => [
  { id: 'readiness', label: 'Readiness', content: <ReadinessTab datasetId={datasetId} /> },
  { id: 'quality', label: 'Quality', content: <QualityTab datasetId={datasetId} /> },
  { id: 'privacy', label: 'Privacy', content: <PrivacyTab datasetId={datasetId} /> },
  {
    id: 'provenance',
    label: 'Provenance',
    content: <ProvenanceTab datasetId={datasetId} />,
  },
  {
    id: 'versions',
    label: 'Versions',
    content: <VersionsTab datasetId={datasetId} datasetName={name} />,
  },
];

const nothing: ReturnType<UseDatasetMenu> = [];

/** What other features offer to do with a data set, in its menu and in the palette. */
export const useDatasetMenu: UseDatasetMenu = ({ datasetId, method }) => {
  const go = useGo();
  const entries = useMemo(
    () =>
      method === 'dpo'
        ? [
            {
              id: 'preferences.judge-dataset',
              label: 'Judge these pairs…',
              run: () => go(`/preferences/new?dataset=${datasetId}`),
            },
          ]
        : nothing,
    [method, datasetId, go],
  );
  const commands = useMemo(
    () =>
      entries.map((entry) => ({
        id: entry.id,
        title: entry.label,
        group: 'Data set',
        keys: null,
        run: () => entry.run(),
      })),
    [entries],
  );
  useCommands('app.dataset-menu', commands);
  return entries;
};
