import { useCallback, useEffect } from 'react';
import { defaultSettings, type Settings } from '../../shared/features/settings/settings.model.ts';
import { applyLook } from './theme.ts';
import { create } from 'zustand';

const useLook = create<{ settings: Settings }>()(() => ({ settings: defaultSettings }));
/** The program's settings; those of a new installation until they are read. */
export function useSettings(): Settings {
  return useLook((look) => look.settings);
}

/** Changes settings at once. */
export function useChangeSettings(): (patch: Partial<Settings>) => void {
  return useCallback(
    (patch) => useLook.setState(({ settings }) => ({ settings: { ...settings, ...patch } })),
    [],
  );
}

/** Makes the window look as the settings say. */
export function useLookOfSettings(): void {
  const settings = useSettings();
  useEffect(() => applyLook(settings), [settings]);
}
