import type { Confidence, DetectionState, Gravity } from '../../../shared/features/privacy/privacy.model.ts';
import type { Tone } from '../../ui/badge.tsx';

/** How a gravity looks. */
export const gravityTones: Readonly<Record<Gravity, Tone>> = {
  error: 'ruby',
  warning: 'amber',
  info: 'neutral',
};

/** What a gravity means here. */
export const gravityTitles: Readonly<Record<Gravity, string>> = {
  error: 'Opens accounts',
  warning: 'Names people',
  info: 'Describes people',
};

/** Words of a certainty. */
export const confidenceWords: Readonly<Record<Confidence, string>> = {
  high: 'sure',
  medium: 'likely',
  low: 'doubtful',
};

/** Words of what became of a detection. */
export const stateWords: Readonly<Record<DetectionState, string>> = {
  open: 'open',
  masked: 'masked',
  pseudonymised: 'pseudonymised',
  dropped: 'dropped with its example',
  edited: 'edited away',
  kept: 'kept',
};
