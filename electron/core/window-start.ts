import { resolve } from 'node:path';
import type { Assets } from './window-rules.ts';

/** The folder named by `--workspace DIR` (or `--workspace=DIR`), made absolute from `from`; null when there is none. */
export function workspaceArgument(argumentsList: readonly string[], from: string): string | null {
  for (const [index, argument] of argumentsList.entries()) {
    const value =
      argument === '--workspace' ? argumentsList[index + 1] : /^--workspace=(.*)$/s.exec(argument)?.[1];
    if (value && !value.startsWith('--')) return resolve(from, value);
  }
  return null;
}

/** The folder a person called the program from; npm changes the current one to the project's. */
export function calledFrom(env: Readonly<Record<string, string | undefined>>, current: string): string {
  return env.INIT_CWD || current;
}

function escapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (letter) => names[letter] ?? '');
}

const problemStyle = `:root{color-scheme:light dark;font:14px/1.5 system-ui,sans-serif}
body{margin:15vh auto;max-width:60ch;padding:0 24px}h1{font-size:20px;font-weight:600}`;

/** A window with nothing but words: what happened and what to do, when the core itself could not start. */
export function problemAssets(what: string, todo: string): Assets {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lapidary</title>
<link rel="stylesheet" href="/problem.css"></head><body><main role="alert">
<h1>Lapidary could not start</h1><p>${escapeHtml(what)}</p><p>${escapeHtml(todo)}</p></main></body></html>`;
  return new Map([
    ['/index.html', { mediaType: 'text/html; charset=utf-8', body: Buffer.from(html) }],
    ['/problem.css', { mediaType: 'text/css; charset=utf-8', body: Buffer.from(problemStyle) }],
  ]);
}

/** What to tell a person when starting failed: the error's own words, and where to look for more. */
export function startProblem(error: unknown, appFolder: string): { what: string; todo: string } {
  const what = error instanceof Error ? error.message : String(error);
  return { what, todo: `The log in ${appFolder} says more. Your workspaces were not touched.` };
}
