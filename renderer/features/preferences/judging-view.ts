import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** How a reviewer wants pairs shown; remembered on this machine. */
export type JudgingView = {
  readonly isStacked: boolean;
  /** The text as it is written instead of drawn Markdown. */
  readonly isRaw: boolean;
  /** Length and tokens of each side; off at first, for they bias. */
  readonly areLengthsShown: boolean;
  /** A choice is the verdict, and the next pair comes at once. */
  readonly goesOn: boolean;
};

type Store = JudgingView & { set: (patch: Partial<JudgingView>) => void };

/** See {@link JudgingView}. */
export const useJudgingView = create<Store>()(
  persist(
    (set) => ({
      isStacked: false,
      isRaw: false,
      areLengthsShown: false,
      goesOn: true,
      set: (patch) => set(patch),
    }),
    { name: 'lapidary.judging' },
  ),
);
