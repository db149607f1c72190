// Draws the application icons from lapidary.svg with the system's Chromium: node resources/icons/make-icons.mjs CHROMIUM
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const here = import.meta.dirname;
const svg = readFileSync(join(here, 'lapidary.svg'), 'utf8');
const browser = await chromium.launch({
  executablePath: process.argv[2],
  chromiumSandbox: process.getuid?.() !== 0,
});
for (const size of [16, 32, 48, 64, 128, 256, 512, 1024]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const image = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  await page.setContent(`<style>*{margin:0}img{display:block;width:${size}px}</style><img src="${image}">`);
  await page.screenshot({ path: join(here, `${size}x${size}.png`), omitBackground: true });
  await page.close();
}
await browser.close();
