import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { defaultSettings, type Settings } from '../../../shared/features/settings/settings.model.ts';
import { queryClient, rpc } from '../../rpc.ts';
import { failureText } from '../../ui/failure.ts';
import { tellFailure } from '../../ui/toast.tsx';
import { applyLook } from './look.ts';

const key = ['settings', 'get'];

/** The settings with what was wrong with their file, as a query. */
export function useSettingsQuery() {
  return useQuery({ queryKey: key, queryFn: () => rpc.settings.get() });
}

/** The program's settings; those of a new installation until they are read. */
export function useSettings(): Settings {
  return useSettingsQuery().data?.settings ?? defaultSettings;
}

/** Changes settings: at once in the window, durable when the core has answered. */
export function useChangeSettings(): (patch: Partial<Settings>) => void {
  return useMutation({
    mutationFn: (patch: Partial<Settings>) => rpc.settings.update(patch),
    onSuccess: ({ settings }) => queryClient.setQueryData(key, { settings, problem: null }),
    onError: (error) => tellFailure(failureText(error)),
  }).mutate;
}

/** Makes the window look as the settings say, once they are known. */
export function useLookOfSettings(): void {
  const settings = useSettingsQuery().data?.settings;
  useEffect(() => {
    if (settings) applyLook(settings);
  }, [settings]);
}
