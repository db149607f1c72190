import type { UseDatasetTabs } from '../features/datasets/dataset.screen.tsx';
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
