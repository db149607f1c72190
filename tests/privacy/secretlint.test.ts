import { join } from 'node:path';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { expect, test } from 'vitest';
import { openDetector } from '../../electron/features/privacy/word-lists.ts';
import { readCorpus } from '../fixtures/privacy/corpus.ts';
import { projectFolder } from '../helpers/project.ts';

const detect = openDetector(join(projectFolder, 'resources', 'privacy'));

test('what secretlint finds in the labelled texts, our rules find too', async () => {
  const texts = readCorpus().filter(({ spans }) =>
    spans.some(({ type }) => type === 'SECRET' || type === 'URL'),
  );
  let seen = 0;
  for (const { text } of texts) {
    const { messages } = await lintSource({
      source: { filePath: 'text.txt', content: text, contentType: 'text', ext: '.txt' },
      options: { config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] } },
    });
    const found = detect(text).filter(({ type }) => type === 'SECRET' || type === 'URL');
    for (const { range, message } of messages) {
      seen += 1;
      const isFound = found.some(({ start, end }) => start < range[1] && end > range[0]);
      expect(isFound, message).toBe(true);
    }
  }
  expect(seen).toBeGreaterThan(10);
});
