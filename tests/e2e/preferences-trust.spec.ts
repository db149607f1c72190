import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Choice } from '../../shared/features/preferences/preferences.model.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { taskEnd } from '../helpers/datasets.ts';
import { keyboardHand } from '../helpers/hands.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { type SetPair, setSettings } from '../helpers/preferences.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';
import { answerOf, candidateLine, from, judgeAll, promptOf, terseOrKinder } from '../helpers/trust.ts';

let app: OpenApp;

test.beforeEach(async () => {
  app = await openApp({ size: { width: 1280, height: 800 } });
  await app.core.client.workspaces.create({ name: 'Trust', folder: join(app.home, 'ws') });
});
test.afterEach(() => app.close());

const reships = [
  from('house-v1', 'We are sorry. A new one is on its way to you today, at no cost.'),
  from('house-v2', 'Please send it back first; then we look at it and decide.'),
  from('house-v3', 'You can choose: a new one today, or your money back within three days.'),
];
const beats = new Map([
  [0, 1],
  [1, 2],
  [2, 0],
]);
const placeOf = (text: string): number => reships.findIndex(({ content }) => content === text);

/** The kinder answer wins, but of the three answers each wins against the next; some prompts are judged otherwise. */
const rule =
  (otherwise: ReadonlySet<number>) =>
  (pair: SetPair): Choice => {
    const [a, b] = [answerOf(pair, 'a'), answerOf(pair, 'b')];
    if (placeOf(a) >= 0) return beats.get(placeOf(a)) === placeOf(b) ? 'a' : 'b';
    const isKind = /^(A kinder|Write)/.test(a);
    return otherwise.has(Number(/\d+/.exec(promptOf(pair))?.[0])) === isKind ? 'b' : 'a';
  };

async function makeSet(): Promise<string> {
  const { client } = app.core;
  const path = join(app.home, 'candidates.jsonl');
  const lines = [
    ...terseOrKinder(30),
    candidateLine('My parcel came with a broken cup in it. What now?', reships),
    candidateLine('Whom do I ask about a bill?', [
      from('house-v1', 'Our clerk will know'),
      from('house-v2', 'Write to petra.vogel@posthaus.de, who keeps all of our bills'),
    ]),
  ];
  writeFileSync(path, `${lines.join('\n')}\n`);
  const { file } = await client.files.choosePath({ path });
  const { taskId, setId } = await client.preferences.create({
    name: 'House replies',
    kind: 'pairs',
    source: { kind: 'file', fileId: file.fileId },
    settings: { ...setSettings, repeatShare: 0.3, reviewersPerPair: 2 },
  });
  await taskEnd(client, taskId);
  return setId;
}

test('trust in verdicts: nothing yet, agreement, a circle, disagreements to settle, strengths once closed', async () => {
  const { page, core } = app;
  const hand = keyboardHand(page);
  const setId = await makeSet();
  const goTo = (path: string) =>
    page.evaluate((to) => {
      globalThis.location.hash = to;
    }, `#/preferences/${setId}${path}`);
  await goTo('?tab=trust');
  await expect(page.getByText('Nothing is judged yet')).toBeVisible();
  await judgeAll(core.client, { setId, reviewer: 'ann' }, rule(new Set([3])));
  await expect(page.getByRole('heading', { name: /^One reviewer judged/ })).toBeVisible();
  await expect(page.getByText('It needs two reviewers on the same pairs')).toBeVisible();
  await judgeAll(core.client, { setId, reviewer: 'ben', elapsedMs: 400 }, rule(new Set([3, 8, 15, 22])));

  await expect(
    page.getByRole('heading', { name: /^Two reviewers agree on 91% of 34 pairs, κ 0\.\d\d \(/ }),
  ).toBeVisible();
  const mend = page.getByRole('list', { name: 'What to mend' });
  await expect(mend.getByText('A > B > C > A')).toBeVisible();
  await expect(mend.getByText('Personal data: 1 e-mail address')).toBeVisible();
  await expect(page.getByText('Hidden while the set is judged blind')).toBeVisible();
  await expect(page.locator('main')).not.toContainText(/house-v\d|base-model|tuned-model/);
  await expectAccessible(page);
  await takeScreenshots(page, 'trust');
  for (const [name, title] of [
    ['trust-agreement', 'Agreement'],
    ['trust-bias', 'Self-consistency'],
    ['trust-hidden', 'Who wins'],
  ] as const) {
    await page.getByRole('heading', { name: title, exact: true }).evaluate((it) => it.scrollIntoView());
    await page.screenshot({ path: `test-results/screenshots/${name}.png` });
  }

  await hand.press(page.getByRole('link', { name: /^Show Goes round in a circle/ }));
  await expect(page.getByRole('tab', { name: /^Queue/, selected: true })).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Pairs' }).getByText('My parcel came')).toHaveCount(3);
  await page.goBack();

  await page.setViewportSize({ width: 900, height: 600 });
  await expect(page.getByRole('heading', { name: /^Two reviewers agree/ })).toBeVisible();
  await page.screenshot({ path: 'test-results/screenshots/trust-900.png' });
  await hand.press(page.getByRole('link', { name: 'Settle 3 disagreements' }));
  await expect(page.getByText('adjudicating')).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.keyboard.press('1');
  await expect.poll(async () => (await core.client.trust.report({ setId })).disputes.settled).toBe(1);

  await goTo('?tab=trust');
  await expect(page.getByRole('link', { name: 'Settle 2 disagreements' })).toBeVisible();
  await hand.press(page.getByRole('button', { name: 'Close the queue' }));
  await expect(page.getByRole('rowheader', { name: 'tuned-model' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('heading', { name: 'Who wins' }).evaluate((it) => it.scrollIntoView());
  await page.screenshot({ path: 'test-results/screenshots/trust-strengths.png' });
});
