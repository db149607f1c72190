import { useSyncExternalStore } from 'react';

const wide = matchMedia('(min-width: 64rem)');

function follow(changed: () => void): () => void {
  wide.addEventListener('change', changed);
  return () => wide.removeEventListener('change', changed);
}

/** True while the window has room for names beside pictures (64 rem, so it follows zoom and text size). */
export function useIsWide(): boolean {
  return useSyncExternalStore(follow, () => wide.matches);
}
