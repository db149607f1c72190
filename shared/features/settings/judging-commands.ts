import type { Command } from './commands.ts';

/** A command of the judging panel: its keys act only while that panel has focus, so they may be those of other commands. */
export type JudgingCommand = Command & {
  /** A second chord, for as long as the first was not changed. */
  readonly also: string | null;
  /** Only in sets of pairs, only in sets of single answers, or in both. */
  readonly judges: 'pairs' | 'ratings' | 'both';
};

const ofPanel = { scope: 'workspace', menu: null, also: null } as const;
const ofPairs = { ...ofPanel, judges: 'pairs' } as const;
const ofBoth = { ...ofPanel, judges: 'both' } as const;
const ofRatings = { ...ofPanel, judges: 'ratings' } as const;

/** What one can do to the pair on the judging screen, with its keys. */
export const judgingCommands = [
  { ...ofPairs, id: 'judge.a', title: 'A is better', defaultKeys: '1', also: 'ArrowLeft' },
  { ...ofPairs, id: 'judge.b', title: 'B is better', defaultKeys: '2', also: 'ArrowRight' },
  { ...ofPairs, id: 'judge.tie', title: 'Tie', defaultKeys: '0' },
  { ...ofPairs, id: 'judge.both-good', title: 'Both good', defaultKeys: 'g' },
  { ...ofPairs, id: 'judge.both-bad', title: 'Both bad', defaultKeys: 'x' },
  { ...ofPairs, id: 'judge.strength', title: 'How much better', defaultKeys: 's' },
  { ...ofPairs, id: 'judge.edit', title: 'Make the better answer ideal', defaultKeys: 'e' },
  { ...ofPairs, id: 'judge.diff', title: 'Show the difference by words', defaultKeys: 'd' },
  { ...ofRatings, id: 'judge.star-1', title: 'One star', defaultKeys: '1' },
  { ...ofRatings, id: 'judge.star-2', title: 'Two stars', defaultKeys: '2' },
  { ...ofRatings, id: 'judge.star-3', title: 'Three stars', defaultKeys: '3' },
  { ...ofRatings, id: 'judge.star-4', title: 'Four stars', defaultKeys: '4' },
  { ...ofRatings, id: 'judge.star-5', title: 'Five stars', defaultKeys: '5' },
  { ...ofBoth, id: 'judge.reasons', title: 'Reasons', defaultKeys: 'r' },
  { ...ofBoth, id: 'judge.note', title: 'Note', defaultKeys: 'n' },
  { ...ofBoth, id: 'judge.flag', title: 'Flag', defaultKeys: 'f' },
  { ...ofBoth, id: 'judge.skip', title: 'Skip', defaultKeys: 'Space' },
  { ...ofBoth, id: 'judge.save', title: 'Save and go to the next', defaultKeys: '$mod+Enter' },
  {
    ...ofBoth,
    id: 'judge.back',
    title: 'Take the last verdict back',
    defaultKeys: 'Backspace',
    also: '$mod+z',
  },
  { ...ofBoth, id: 'judge.recent', title: 'Show the last ten verdicts', defaultKeys: 'h' },
] as const satisfies readonly JudgingCommand[];

export type JudgingCommandId = (typeof judgingCommands)[number]['id'];
