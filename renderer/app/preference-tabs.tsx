import { AskedTab } from '../features/preferences/generation-state.tsx';
import { OutcomeTab } from '../features/preferences/outcome-tab.tsx';
import { ReviewFilesTab } from '../features/preferences/review-files-tab.tsx';
import { TrustTab } from '../features/preferences/trust-tab.tsx';
import type { UsePreferenceTabs } from '../features/preferences/set.screen.tsx';

/**
 * The tabs that other features and parts bring to a preference set, between its queue and its quarantine, one entry each:
 * `{ id: 'trust', label: 'Trust', content: <TrustTab set={set} /> }`. A link to some pairs of the queue is
 * `/preferences/<id>?tab=queue&pairs=[1,2]`, to judging them `/preferences/<id>/judge?pairs=[1,2]`.
 */
export const usePreferenceTabs: UsePreferenceTabs = (set) => [
  { id: 'review-files', label: 'Review files', content: <ReviewFilesTab set={set} /> },
  { id: 'trust', label: 'Trust', content: <TrustTab set={set} /> },
  { id: 'outcome', label: 'Outcome', content: <OutcomeTab set={set} /> },
  ...(set.isAsked ? [{ id: 'asked', label: 'Asked', content: <AskedTab setId={set.setId} /> }] : []),
];
