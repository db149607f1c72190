import type { Page } from 'playwright-core';

/** What the window did while something was done to it; times in milliseconds. */
export type WindowWork = {
  readonly frames: number;
  readonly frameMedianMs: number;
  readonly frameP99Ms: number;
  readonly longestFrameMs: number;
  /** Tasks of the window's main thread that took more than 50 ms. */
  readonly longTasksMs: number[];
  /** Frames that showed a row without its text, or ground where a row belongs. */
  readonly blankFrames: number;
  readonly longestBlankMs: number;
  /** The longest time in which rows of another place than that of the scrollbar were shown, because its own were not there yet. */
  readonly longestBehindMs: number;
};

type Probe = {
  start(): void;
  stop(): WindowWork;
  isBlank(): boolean;
  isBehind(): boolean;
  inputAt(): number;
};

declare global {
  // Lives in the page under test only.
  var lapidaryProbe: Probe | undefined;
}

/* Runs in the page: looks at every frame before it is painted. */
function installProbe(): void {
  if (globalThis.lapidaryProbe) return;
  let inputAt = 0;
  for (const kind of ['keydown', 'pointerdown', 'input', 'click']) {
    window.addEventListener(kind, (event) => (inputAt = event.timeStamp), { capture: true });
  }
  let [frames, long]: [number[], number[]] = [[], []];
  let [blankFrames, blankSince, longestBlankMs] = [0, 0, 0];
  let [behindSince, longestBehindMs] = [0, 0];
  let isOn = false;
  let last = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (isOn) long.push(Math.round(entry.duration));
  }).observe({ type: 'longtask' });

  const isBlank = (): boolean => {
    const body = document.querySelector('[role="grid"]')?.getBoundingClientRect();
    if (!body) return true;
    const top =
      document.querySelector('[role="grid"] [data-row="-1"]')?.getBoundingClientRect().bottom ?? body.top;
    let covered = 0;
    for (const row of document.querySelectorAll('[role="grid"] [data-row]:not([data-row="-1"])')) {
      const box = row.getBoundingClientRect();
      const seen = Math.min(box.bottom, body.bottom) - Math.max(box.top, top);
      if (seen <= 1) continue;
      if (row.getAttribute('aria-busy') === 'true') return true;
      if ((row.querySelector('[data-column="position"]')?.textContent ?? '') === '') return true;
      covered += seen;
    }
    // A short list ends before the grid does.
    const last =
      document.querySelector('[role="grid"] [role="rowgroup"]:last-child')?.getBoundingClientRect().bottom ??
      0;
    return covered < Math.min(body.bottom, last) - top - 20;
  };
  /* Up to a million rows the box is as high as the list, so that a row's place in it is known. */
  const isBehind = (): boolean => {
    const grid = document.querySelector('[role="grid"]');
    const head = grid?.querySelector('[data-row="-1"]')?.getBoundingClientRect();
    if (!grid || !head) return false;
    for (const row of grid.querySelectorAll('[data-row]:not([data-row="-1"])')) {
      const box = row.getBoundingClientRect();
      if (box.bottom <= head.bottom + 1 || box.top > head.bottom + 1) continue;
      return Math.abs(Number(row.getAttribute('data-row')) - Math.floor(grid.scrollTop / box.height)) > 1;
    }
    return false;
  };
  const look = (now: number): void => {
    if (!isOn) return;
    frames.push(now - last);
    last = now;
    if (isBlank()) {
      blankFrames += 1;
      blankSince ||= now;
      longestBlankMs = Math.max(longestBlankMs, now - blankSince);
    } else blankSince = 0;
    if (isBehind()) {
      behindSince ||= now;
      longestBehindMs = Math.max(longestBehindMs, now - behindSince);
    } else behindSince = 0;
    requestAnimationFrame(look);
  };
  globalThis.lapidaryProbe = {
    isBlank,
    isBehind,
    inputAt: () => inputAt,
    start() {
      [frames, long] = [[], []];
      [blankFrames, blankSince, longestBlankMs] = [0, 0, 0];
      [behindSince, longestBehindMs] = [0, 0];
      isOn = true;
      last = performance.now();
      requestAnimationFrame(look);
    },
    stop() {
      isOn = false;
      const sorted = frames.toSorted((a, b) => a - b);
      const at = (share: number): number =>
        Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
      return {
        frames: frames.length,
        frameMedianMs: at(0.5),
        frameP99Ms: at(0.99),
        longestFrameMs: at(1),
        longTasksMs: long,
        blankFrames,
        longestBlankMs: Math.round(longestBlankMs),
        longestBehindMs: Math.round(longestBehindMs),
      };
    },
  };
}

/** Does something in the window and answers what that cost it, frame by frame. */
export async function watchWindow(page: Page, work: () => Promise<void>): Promise<WindowWork> {
  await page.evaluate(installProbe);
  await page.evaluate(() => globalThis.lapidaryProbe?.start());
  await work();
  return page.evaluate(() => {
    const work = globalThis.lapidaryProbe?.stop();
    if (!work) throw new Error('the window was loaded anew while it was watched');
    return work;
  });
}

/** Milliseconds from the last key or click to the frame in which the list shows `shown` examples, each with its text. */
export async function msUntilShown(page: Page, shown: number | 'fewer'): Promise<number> {
  await page.evaluate(installProbe);
  return page.evaluate(async (wanted) => {
    const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    const isShown = (): boolean => {
      for (const status of document.querySelectorAll('[role="status"]')) {
        const numbers = status.textContent.replaceAll(',', '').match(/^(\d+)(?: of (\d+)| examples)$/);
        if (!numbers) continue;
        return wanted === 'fewer'
          ? numbers[2] !== undefined && numbers[1] !== numbers[2]
          : Number(numbers[1]) === wanted;
      }
      return false;
    };
    for (;;) {
      const now = await nextFrame();
      const probe = globalThis.lapidaryProbe;
      if (probe && isShown() && !probe.isBlank()) return Math.round(now - probe.inputAt());
    }
  }, shown);
}

/** The view whose rows the grid shows now. */
export function viewShown(page: Page): Promise<string> {
  return page.evaluate(() => document.querySelector('[role="grid"]')?.getAttribute('data-view') ?? '');
}

/** Milliseconds from the last key or click to the frame in which the rows of another view are shown, each with its text. */
export async function msUntilOther(page: Page, before: string): Promise<number> {
  await page.evaluate(installProbe);
  return page.evaluate(async (old) => {
    const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    for (;;) {
      const now = await nextFrame();
      const probe = globalThis.lapidaryProbe;
      const view = document.querySelector('[role="grid"]')?.getAttribute('data-view') ?? '';
      if (probe && view !== '' && view !== old && !probe.isBlank()) return Math.round(now - probe.inputAt());
    }
  }, before);
}
