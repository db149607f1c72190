import { Unplug } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { coreGone } from '../rpc.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** Shows the window as long as its core answers; when it is gone, says so plainly and offers to start again. */
export function WhileCoreLives(props: { children: ReactNode }) {
  const [isGone, setGone] = useState(false);
  useEffect(() => {
    let isMounted = true;
    void coreGone.then(() => isMounted && setGone(true));
    return () => {
      isMounted = false;
    };
  }, []);
  if (!isGone) return props.children;
  return (
    <main className="flex h-full items-center justify-center bg-surface">
      <EmptyState
        icon={<Unplug aria-hidden />}
        title="Lapidary’s core has stopped"
        action={
          <Button variant="primary" onPress={() => location.reload()}>
            Reload the window
          </Button>
        }
      >
        Everything that was saved is on disk. Reload the window; if it stays like this, close it and start
        Lapidary again. Tasks that were running go on by themselves.
      </EmptyState>
    </main>
  );
}
