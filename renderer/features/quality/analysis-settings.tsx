import { useState } from 'react';
import type { AnalysisSettings } from '../../../shared/features/quality/quality.model.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { NumberField } from '../../ui/number-field.tsx';

/** How alike near duplicates are; saving starts a new analysis. */
export function AnalysisSettingsDialog(props: {
  settings: AnalysisSettings;
  onAnalyse: (settings: AnalysisSettings) => void;
  onClose: () => void;
}) {
  const [shingle, setShingle] = useState(props.settings.shingle);
  const [threshold, setThreshold] = useState(props.settings.threshold);
  const isReady = !Number.isNaN(shingle) && !Number.isNaN(threshold);
  return (
    <Dialog
      title="How near duplicates are found"
      isOpen
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button
            variant="primary"
            isDisabled={!isReady}
            onPress={() => props.onAnalyse({ shingle, threshold })}
          >
            Analyse
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <NumberField
          label="Words in a shingle"
          description="Texts are compared by runs of so many words. Shorter runs find looser likenesses; 5 is usual."
          value={shingle}
          onChange={setShingle}
          minValue={1}
          maxValue={20}
        />
        <NumberField
          label="Alike from"
          description="Share of runs two texts have in common (Jaccard). Every pair is checked exactly."
          value={threshold}
          onChange={setThreshold}
          minValue={0.3}
          maxValue={1}
          step={0.05}
          format={{ style: 'percent' }}
        />
      </div>
    </Dialog>
  );
}
