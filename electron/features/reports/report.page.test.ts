import { describe, expect, it } from 'vitest';
import { createReportFacts } from '../../../tests/helpers/report-facts.ts';
import { escapeText, html } from './html.ts';
import { thinned, ticksFor } from './line-chart.ts';
import { reportPage } from './report.page.ts';

const writtenAt = Date.UTC(2026, 10, 20, 9, 41);
const hostile = `"'><script>alert(1)</script><img src=x onerror=alert(2)></style><style>*{display:none}</style><!--{{x}}\u0000\u202E`;

/** Names of all elements in a page, and of all attributes. */
function namesIn(page: string): { elements: Set<string>; attributes: Set<string> } {
  const withoutStyle = page.replace(/<style>.*?<\/style>/s, '');
  const tags = withoutStyle.match(/<[a-z!][^>]*>/gi) ?? [];
  return {
    elements: new Set(tags.map((tag) => /^<([a-z0-9!]+)/i.exec(tag)?.[1]?.toLowerCase() ?? '')),
    attributes: new Set(
      tags.flatMap((tag) => [...tag.matchAll(/\s([a-z-]+)=/gi)].map((match) => match[1] ?? '')),
    ),
  };
}

describe('reportPage', () => {
  const facts = createReportFacts();
  const page = reportPage(facts, writtenAt);

  it('is the same for the same facts, apart from the date', () => {
    expect(reportPage(createReportFacts(), writtenAt)).toBe(page);
    const later = reportPage(facts, writtenAt + 86_400_000);
    expect(later).not.toBe(page);
    expect(later.replace('Saturday 21 November', 'Friday 20 November')).toBe(page);
  });

  it('loads nothing: no script, no link, no address but the SVG-free inline ones', () => {
    expect(page).not.toMatch(/<script|<link|<iframe|<object|<img|@import|url\(|\ssrc=|\shref=|https?:/i);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'`);
  });

  it('keeps hostile text as text, wherever data can stand', () => {
    const plain = namesIn(page);
    const attacked = reportPage(createReportFacts(hostile), writtenAt);
    const found = namesIn(attacked);
    expect(found).toEqual(plain);
    expect(attacked.match(/<style>/g)).toHaveLength(1);
    expect(attacked).not.toContain('<script');
    expect(attacked).not.toContain('\u0000');
    // The name of the run, the data set, the file, the price source, and prompts, expectations and answers of 9 items.
    expect(attacked.split('&lt;script&gt;alert(1)&lt;/script&gt;').length - 1).toBeGreaterThanOrEqual(
      9 * 4 + 5,
    );
  });

  it('says practice in the title and on the page, and only then', () => {
    expect(page).toContain('(practice)</title>');
    expect(page).toContain('<p class="practice">');
    const job = { ...facts.job, providerKind: 'openai' as const };
    const real = reportPage({ ...facts, job }, writtenAt);
    expect(real.replace(/<style>.*?<\/style>/s, '')).not.toMatch(/class="practice"|\(practice\)/);
  });

  it('says better exactly when the verdict does', () => {
    expect(page).toContain('<span class="word">better</span>');
    const [first] = facts.evaluation.graders;
    if (!first) throw new Error('no grader');
    const unsure = { ...first, difference: { ...first.difference, verdict: 'no_evidence' as const } };
    const graders = [{ ...unsure, sentence: 'No evidence of improvement. All fields: as before.' }];
    const honest = reportPage({ ...facts, evaluation: { ...facts.evaluation, graders } }, writtenAt);
    expect(honest).toContain('There is no evidence that the tuned model improved');
    expect(honest).not.toContain('<span class="word">better');
    expect(honest).not.toContain('tuned model is better');
    const words = honest.replace(/<style>[\s\S]*?<\/style>|<[^>]*>/g, ' ');
    expect(words).not.toMatch(/\bbetter\b/i);
  });

  it('holds hashes, arithmetic, price source, curves with tables, matrices, items and limits', () => {
    for (const text of [
      facts.dataset.sourceSha256,
      facts.job.trainingFile.sha256,
      facts.job.weightsSha256,
      '11,852 × 3 epochs',
      'read on 2026-11-20',
      'Loss as a table',
      'validation',
      'auto, became 3',
      'Base: 25.0 % right',
      'Before and after',
      '10,000 resamples (seed 42)',
      '48 items are few',
    ]) {
      expect(page).toContain(text);
    }
    expect(page.match(/<svg class="chart/g)).toHaveLength(3);
  });

  it('says so when nothing was evaluated, priced or reported', () => {
    const job = { ...facts.job, estimate: null, metrics: [], weightsSha256: null, checkpoints: [] };
    const bare = reportPage({ ...facts, job, evaluation: null }, writtenAt);
    expect(bare).toContain('The tuned model has not been evaluated.');
    expect(bare).toContain('No price is on file for this provider and model.');
    expect(bare).toContain('The provider reported no training metrics.');
    expect(bare).toContain('not given by this provider');
  });
});

describe('html', () => {
  it('escapes values and not markup made by it', () => {
    expect(html`<b title="${'"&\''}">${html`<i>${'<'}</i>`}${[1, 'a>']}${null}${false}</b>`.html).toBe(
      '<b title="&quot;&amp;&#39;"><i>&lt;</i>1a&gt;</b>',
    );
    expect(escapeText('a\u0007b\uD800c\td\n')).toBe('a\uFFFDb\uFFFDc\td\n');
  });
});

describe('line chart', () => {
  it('chooses round ticks that span the range', () => {
    expect(ticksFor(0.05, 1.4, 4)).toEqual([0, 0.5, 1, 1.5]);
    expect(ticksFor(3, 3, 4).at(0)).toBeLessThanOrEqual(3);
  });

  it('keeps extremes when it thins', () => {
    const points = Array.from({ length: 5000 }, (_, x) => [x, x === 2345 ? 99 : Math.sin(x / 50)] as const);
    const fewer = thinned(points);
    expect(fewer.length).toBeLessThanOrEqual(400);
    expect(fewer.some(([x, y]) => x === 2345 && y === 99)).toBe(true);
    expect(fewer.every(([x], index) => index === 0 || x > (fewer[index - 1]?.[0] ?? 0))).toBe(true);
  });
});
