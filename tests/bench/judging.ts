import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type ChromiumApp, openInChromium } from '../helpers/chromium-app.ts';
import { taskEnd } from '../helpers/datasets.ts';
import { choosing, setSettings } from '../helpers/preferences.ts';

/*
 * From the press of a verdict's key to the next pair painted, in the real window, with many pairs in the set; beside it what
 * the core alone takes to make a verdict durable and to answer the next pairs.
 * Run: node tests/bench/judging.ts [pairs] [verdicts]. Prints JSON lines. Needs a build.
 */

const count = Number(process.argv[2] ?? 100_000);
const presses = Number(process.argv[3] ?? 300);

/** A prompt with two answers of some paragraphs, with the marks of Markdown that models write. */
function line(n: number): string {
  const part = (at: number): string =>
    `Point **${at}** of answer ${n}: the invoice of order ${n * 7 + at} was sent to the address on file.\n\n- first\n- second\n`;
  const answer = (parts: number): string => Array.from({ length: parts }, (_, at) => part(at)).join('\n');
  return JSON.stringify({
    prompt: `Customer ${n} asks: where is the invoice of order ${n * 7}? It was due ${n % 28} days ago.`,
    candidates: [answer(4 + (n % 3)), answer(3 + (n % 4))],
  });
}

async function makeSet({ client }: ChromiumApp['core'], home: string): Promise<string> {
  const path = join(home, 'pairs.jsonl');
  writeFileSync(path, '');
  const step = 5000;
  for (let from = 0; from < count; from += step) {
    const lines = Array.from({ length: Math.min(step, count - from) }, (_, at) => line(from + at));
    writeFileSync(path, `${lines.join('\n')}\n`, { flag: 'a' });
  }
  await client.workspaces.create({ name: 'Bench', folder: join(home, 'ws') });
  const { file } = await client.files.choosePath({ path });
  const start = performance.now();
  const { setId, taskId } = await client.preferences.create({
    name: 'Bench',
    kind: 'pairs',
    source: { kind: 'file', fileId: file.fileId },
    settings: setSettings,
  });
  const task = await taskEnd(client, taskId);
  if (task.failure) throw new Error(task.failure.what);
  const makeMs = Math.round(performance.now() - start);
  console.log(JSON.stringify({ bench: 'judging', pairs: count, step: 'make the set', ms: makeMs }));
  return setId;
}

declare global {
  // Lives in the page under test only.
  var lapidaryPressed: number[] | undefined;
}

/* Runs in the page: from a key's time stamp to the frame after the one in which another pair stands there. */
function watchPairs(): void {
  const times: number[] = [];
  globalThis.lapidaryPressed = times;
  let pressedAt: number | null = null;
  let shown = '';
  const read = (): string =>
    document.querySelector('[aria-label="Judging"] > [role="status"]')?.textContent ?? '';
  window.addEventListener(
    'keydown',
    (event) => {
      pressedAt = event.timeStamp;
      shown = read();
    },
    { capture: true },
  );
  const painted = new MessageChannel();
  painted.port1.onmessage = ({ data }: MessageEvent<number>) => times.push(performance.now() - data);
  new MutationObserver(() => {
    if (pressedAt === null || read() === shown) return;
    const from = pressedAt;
    pressedAt = null;
    // The message arrives after the frame was painted.
    requestAnimationFrame(() => painted.port2.postMessage(from));
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}

const at = (sorted: readonly number[], share: number): number =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN) * 10) /
  10;

function report(step: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const figures = {
    n: sorted.length,
    medianMs: at(sorted, 0.5),
    p95Ms: at(sorted, 0.95),
    worstMs: at(sorted, 1),
  };
  console.log(JSON.stringify({ bench: 'judging', pairs: count, step, ...figures }));
}

async function judge(page: Page, setId: string): Promise<void> {
  await page.evaluate((to) => {
    globalThis.location.hash = to;
  }, `#/preferences/${setId}/judge`);
  await page.getByRole('button', { name: /A is better/ }).waitFor();
  await page.evaluate(watchPairs);
  for (let press = 1; press <= presses; press += 1) {
    await page.keyboard.press(press % 3 === 0 ? '2' : '1');
    await page.waitForFunction((wanted) => globalThis.lapidaryPressed?.length === wanted, press);
  }
  report('verdict to next pair on screen', await page.evaluate(() => globalThis.lapidaryPressed ?? []));
}

/** The same work without a window: the verdict durable, and the next pairs read. */
async function judgeInCore({ client }: ChromiumApp['core'], setId: string): Promise<void> {
  const decided: number[] = [];
  const read: number[] = [];
  let after = 0;
  for (let turn = 0; turn < presses; turn += 1) {
    const asked = performance.now();
    const [pair] = await client.preferences.ahead({ setId, reviewer: 'core', after, limit: 4 });
    read.push(performance.now() - asked);
    if (!pair) break;
    after = pair.position;
    const start = performance.now();
    const of = { setId, pairId: pair.pairId, reviewer: 'core', replaces: null, elapsedMs: 1 };
    await client.preferences.decide({ ...of, verdict: choosing('a') });
    decided.push(performance.now() - start);
  }
  report('core: verdict durable', decided);
  report('core: next pairs', read);
}

const home = mkdtempSync(join(tmpdir(), 'lapidary-judging-'));
const app = await openInChromium(home);
try {
  const setId = await makeSet(app.core, home);
  await judge(app.page, setId);
  await judgeInCore(app.core, setId);
  if (app.problems.length > 0) throw new Error(app.problems.join('\n'));
} finally {
  await app.close();
  rmSync(home, { recursive: true, force: true });
}
