import { join } from 'node:path';
import { os, type RouterClient } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { expect, test } from '@playwright/test';
import { build } from 'vite';
import { z } from 'zod';
import { type BareWindow, openBareWindow } from '../helpers/bare-window.ts';
import { projectFolder } from '../helpers/project.ts';

/** What became of each stream the core was asked for, in order. */
const streams: { given: number; isEnded: boolean }[] = [];

const router = {
  echo: os.input(z.object({ text: z.string() })).handler(({ input }) => input.text),
  weigh: os.input(z.object({ file: z.instanceof(File) })).handler(async ({ input }) => {
    const bytes = new Uint8Array(await input.file.arrayBuffer());
    return {
      name: input.file.name,
      sizeBytes: bytes.length,
      sum: bytes.reduce((sum, byte) => sum + byte, 0),
    };
  }),
  refuse: os.errors({ NOT_HERE: { data: z.object({ todo: z.string() }) } }).handler(({ errors }) => {
    throw errors.NOT_HERE({ message: 'not here', data: { todo: 'go away' } });
  }),
  count: os.handler(async function* ({ signal }) {
    const stream = { given: 0, isEnded: false };
    streams.push(stream);
    try {
      while (!signal?.aborted) {
        stream.given += 1;
        yield stream.given;
        if (stream.given < 3) continue;
        await new Promise((resolve) => signal?.addEventListener('abort', resolve));
      }
    } finally {
      stream.isEnded = true;
    }
  }),
};

declare global {
  var rpc: RouterClient<typeof router>;
  var controller: AbortController;
}

async function bundleClient(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    root: projectFolder,
    build: {
      write: false,
      minify: false,
      lib: { entry: join(projectFolder, 'tests/fixtures/pipe-client.ts'), formats: ['es'] },
    },
  });
  const [first] = Array.isArray(result) ? result : [result];
  if (!first || !('output' in first)) throw new Error('the client could not be bundled');
  return first.output[0].code;
}

let script = '';
let app: BareWindow;

test.beforeAll(async () => {
  script = await bundleClient();
});
test.beforeEach(async () => {
  streams.length = 0;
  const html = '<!doctype html><title>x</title><script type="module" src="/page.js"></script>';
  const handler = new RPCHandler(router);
  app = await openBareWindow(html, script, (port) => handler.upgrade(port));
  await app.page.waitForFunction(() => 'rpc' in globalThis);
});
test.afterEach(() => app.close());

test('calls, files and declared errors cross', async () => {
  expect(await app.page.evaluate(() => globalThis.rpc.echo({ text: 'zażółć 🪨\u0000"' }))).toBe(
    'zażółć 🪨\u0000"',
  );
  const weighed = await app.page.evaluate(() => {
    const bytes = new Uint8Array(300_000).fill(255);
    return globalThis.rpc.weigh({ file: new File([bytes], 'a b.bin') });
  });
  expect(weighed).toEqual({ name: 'a b.bin', sizeBytes: 300_000, sum: 76_500_000 });
  const refused = await app.page.evaluate(() =>
    globalThis.rpc.refuse().then(
      () => null,
      (error: { code: string; data: unknown; defined: boolean }) => ({ ...error, code: error.code }),
    ),
  );
  expect(refused).toMatchObject({ code: 'NOT_HERE', data: { todo: 'go away' }, defined: true });
});

test('a stream arrives in order and ends in the core when the page cancels it', async () => {
  const got = await app.page.evaluate(async () => {
    globalThis.controller = new AbortController();
    const numbers: number[] = [];
    for await (const n of await globalThis.rpc.count(undefined, { signal: globalThis.controller.signal })) {
      numbers.push(n);
      if (numbers.length === 3) return numbers;
    }
    return numbers;
  });
  expect(got).toEqual([1, 2, 3]);
  await app.page.evaluate(() => globalThis.controller.abort());
  await expect.poll(() => streams.map(({ isEnded }) => isEnded)).toEqual([true]);
});

test('a reload ends the streams of the old document in the core', async () => {
  await app.page.evaluate(async () => {
    for await (const n of await globalThis.rpc.count()) if (n === 2) return;
  });
  await app.page.evaluate(async () => {
    const stream = await globalThis.rpc.count();
    void (async () => {
      for await (const _ of stream);
    })();
  });
  await expect.poll(() => streams.length).toBe(2);
  await app.page.reload();
  await expect.poll(() => streams.map(({ isEnded }) => isEnded)).toEqual([true, true]);
  await app.page.waitForFunction(() => 'rpc' in globalThis);
  expect(await app.page.evaluate(() => globalThis.rpc.echo({ text: 'again' }))).toBe('again');
});

test('closing the window ends its streams in the core', async () => {
  await app.page.evaluate(async () => {
    const stream = await globalThis.rpc.count();
    void (async () => {
      for await (const _ of stream);
    })().catch(() => {});
  });
  await expect.poll(() => streams[0]?.given).toBe(3);
  await app.page.close();
  await expect.poll(() => streams[0]?.isEnded).toBe(true);
});
