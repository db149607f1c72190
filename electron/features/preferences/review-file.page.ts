import { createHash } from 'node:crypto';
import type { ReviewHead } from '../../../shared/features/preferences/ballots.rules.ts';

/** What the page runs and how it looks: one script and one style sheet, as text. */
export type PageProgram = { readonly script: string; readonly style: string };

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * A review file: one page that asks nothing of any network and runs exactly the script and the style written into it.
 * Everything of the set is in `sealed` (base64url), so nothing here needs escaping.
 */
export function reviewPage({
  head,
  sealed,
  program: { script, style },
}: {
  head: ReviewHead;
  sealed: string;
  program: PageProgram;
}): string {
  if (/<\/script|<!--/i.test(script) || /<\/style/i.test(style)) {
    throw new Error('the program of the review page cannot stand in a page');
  }
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>Review</title>
<style>${style}</style>
</head>
<body>
<noscript>This page needs JavaScript to decrypt what it holds. It asks nothing of any network.</noscript>
<script type="application/json" id="head">${JSON.stringify(head)}</script>
<script type="text/plain" id="sealed">${sealed}</script>
<script type="module">${script}</script>
</body>
</html>
`;
}
