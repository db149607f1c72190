import { expect, test } from 'vitest';
import { runKillLoop } from './kill-loop.ts';

test('kill -9 at random moments loses nothing acknowledged and leaves nothing stuck', async () => {
  const { problems, facts } = await runKillLoop(5, 20261120);
  expect(problems).toEqual([]);
  const kinds = new Set(facts.map((fact) => fact.kind));
  expect([...kinds].sort()).toEqual([
    'eval-started',
    'evaluated',
    'imported',
    'launched',
    'split',
    'trained',
  ]);
}, 180_000);
