import { compareTexts } from './word-compare.ts';

/** Longest time that words may take here before lines are compared, in milliseconds. */
const patienceMs = 2000;

addEventListener('message', ({ data }: MessageEvent<{ before: string; after: string }>) => {
  postMessage(compareTexts(data.before, data.after, patienceMs));
});
