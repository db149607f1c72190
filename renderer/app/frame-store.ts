import { create } from 'zustand';

const navKey = 'lapidary.nav-narrow';

type FrameState = {
  isPaletteOpen: boolean;
  areKeysShown: boolean;
  isActivityOpen: boolean;
  /** The user's own choice; a small window is narrow anyway. */
  isNavNarrow: boolean;
  set: (patch: Partial<Pick<FrameState, 'isPaletteOpen' | 'areKeysShown' | 'isActivityOpen'>>) => void;
  toggleNav: () => void;
};

/** What of the frame is open. */
export const useFrame = create<FrameState>()((set) => ({
  isPaletteOpen: false,
  areKeysShown: false,
  isActivityOpen: false,
  isNavNarrow: localStorage.getItem(navKey) === 'yes',
  set: (patch) => set(patch),
  toggleNav: () =>
    set((state) => {
      localStorage.setItem(navKey, state.isNavNarrow ? 'no' : 'yes');
      return { isNavNarrow: !state.isNavNarrow };
    }),
}));
