import type { Page } from 'playwright-core';

/** Sets how the page looks and waits until every transition this began has ended; a colour half-way is no finding. */
export async function showIn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const ending = document.getAnimations().filter((animation) => {
      const end = animation.effect?.getComputedTiming().endTime;
      return typeof end === 'number' && Number.isFinite(end);
    });
    // A cancelled animation is over too.
    await Promise.allSettled(ending.map((animation) => animation.finished));
  });
}
