import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readField, readMultipart } from './multipart.ts';

async function readAll(request: Request) {
  const parts: { name: string; filename: string | null; bytes: Buffer }[] = [];
  for await (const part of readMultipart(request)) {
    const pieces: Uint8Array[] = [];
    for await (const piece of part.content) pieces.push(piece);
    parts.push({ name: part.name, filename: part.filename, bytes: Buffer.concat(pieces) });
  }
  return parts;
}

/** The same bytes in pieces of the given sizes. */
function inPieces(bytes: Uint8Array, sizes: readonly number[]): ReadableStream<Uint8Array> {
  let at = 0;
  let turn = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      const size = sizes[turn % sizes.length] ?? 1;
      turn += 1;
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

test('any form comes back as it was, however its bytes are cut', async () => {
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.constantFrom('\r\n--', '--x--\r\n', '\r\n\r\n', '').map((text) => new Uint8Array(Buffer.from(text))),
  );
  const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.array(content, { maxLength: 4 }), sizes, async (contents, cuts) => {
      const form = new FormData();
      form.set('purpose', 'fine-tune');
      for (const [i, bytes] of contents.entries()) form.append(`file${i}`, new Blob([bytes]), `n ${i}.jsonl`);
      const plain = new Request('http://x', { method: 'POST', body: form });
      const headers = { 'content-type': plain.headers.get('content-type') ?? '' };
      const body = inPieces(new Uint8Array(await plain.arrayBuffer()), cuts);
      const request = new Request('http://x', {
        method: 'POST',
        headers,
        body,
        duplex: 'half',
      } as RequestInit);
      const [purpose, ...files] = await readAll(request);
      expect(purpose?.bytes.toString()).toBe('fine-tune');
      expect(files.map((file) => [...file.bytes])).toEqual(contents.map((bytes) => [...bytes]));
      expect(files.map((file) => file.filename)).toEqual(contents.map((_, i) => `n ${i}.jsonl`));
    }),
  );
});

test.each([
  ['no form', 'application/json', '{}'],
  ['no boundary', 'multipart/form-data', 'x'],
  [
    'cut off',
    'multipart/form-data; boundary=b',
    '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nhalf',
  ],
  [
    'no name',
    'multipart/form-data; boundary=b',
    '--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n',
  ],
])('%s is refused with a 400', async (_name, type, body) => {
  const request = new Request('http://x', { method: 'POST', headers: { 'content-type': type }, body });
  await expect(readAll(request)).rejects.toMatchObject({ status: 400 });
});

test('a part that nobody reads is skipped, a field that is too long is refused', async () => {
  const form = new FormData();
  form.set('a', 'x'.repeat(70_000));
  form.set('b', 'last');
  const names: string[] = [];
  for await (const part of readMultipart(new Request('http://x', { method: 'POST', body: form }))) {
    names.push(part.name);
  }
  expect(names).toEqual(['a', 'b']);
  const reading = async () => {
    const request = new Request('http://x', { method: 'POST', body: form });
    for await (const part of readMultipart(request)) await readField(part);
  };
  await expect(reading()).rejects.toMatchObject({ status: 400, param: 'a' });
});
