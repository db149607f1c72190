import type { Settings } from '../../../shared/features/settings/settings.model.ts';

const sizes: Record<Settings['textSize'], string> = {
  compact: '93.75%',
  normal: '100%',
  large: '112.5%',
  presenter: '131.25%',
};

/** Makes the look follow the settings; the theme is remembered for the first paint of the next start. */
export function applyLook(look: Pick<Settings, 'theme' | 'motion' | 'textSize'>): void {
  const root = document.documentElement;
  localStorage.setItem('lapidary.theme', look.theme);
  if (look.theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = look.theme;
  root.dataset.motion = look.motion;
  root.style.fontSize = sizes[look.textSize];
}
