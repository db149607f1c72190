import { useCallback } from 'react';
import { rpc } from '../rpc.ts';
import { describeFailure, failureText } from '../ui/failure.ts';
import { useGo } from '../ui/location.ts';
import { tellFailure } from '../ui/toast.tsx';

/** Opens another workspace by its folder; one that needs its recovery phrase is opened on Home, which asks for it. */
export function useSwitchWorkspace(): (folder: string) => void {
  const go = useGo();
  return useCallback(
    (folder) => {
      const open = async (): Promise<void> => {
        try {
          await rpc.workspaces.open({ folder, recoveryPhrase: null });
          go('/');
        } catch (error) {
          if (describeFailure(error).code === 'RECOVERY_NEEDED') {
            go(`/?recover=${encodeURIComponent(folder)}`);
          } else tellFailure(failureText(error));
        }
      };
      void open();
    },
    [go],
  );
}
