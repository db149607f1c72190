import { expect, it } from 'vitest';
import { problemAssets, startProblem, workspaceArgument } from './window-start.ts';

it.each([
  [['--workspace', 'a'], '/from/a'],
  [['--workspace=a b'], '/from/a b'],
  [['x', '--workspace', '/abs'], '/abs'],
  [['--workspace'], null],
  [['--workspace='], null],
  [['--workspace', '--headless'], null],
  [[], null],
])('%j names the folder %j', (argumentsList, folder) => {
  expect(workspaceArgument(argumentsList, '/from')).toBe(folder);
});

it('says what happened as text, never as markup', () => {
  const { what, todo } = startProblem(new Error('<img src=x onerror=1> & "x"'), '/log');
  const html = problemAssets(what, todo).get('/index.html')?.body.toString() ?? '';
  expect(html).toContain('&lt;img src=x onerror=1&gt; &amp; &quot;x&quot;');
  expect(html).not.toContain('<img');
  expect(html).toContain('The log in /log says more.');
});
