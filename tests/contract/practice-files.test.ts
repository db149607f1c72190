import { NotFoundError, toFile } from 'openai';
import { expect, test } from 'vitest';
import { describePractice, failure, reviews } from '../helpers/practice-client.ts';

describePractice('files and uploads through the openai SDK', (api) => {
  test('files: create, list, read, content, delete', async () => {
    const text = reviews(12);
    const file = await api().upload(text);
    expect(file).toMatchObject({ object: 'file', bytes: Buffer.byteLength(text), purpose: 'fine-tune' });
    expect(file.id).toMatch(/^file-[A-Za-z0-9]{24}$/);
    expect(await (await api().client.files.content(file.id)).text()).toBe(text);
    expect((await api().client.files.retrieve(file.id)).filename).toBe('train.jsonl');
    const second = await api().upload(text, 'second.jsonl');
    const listed = await api().client.files.list({ purpose: 'fine-tune', limit: 1 });
    expect(listed.data.map((one) => one.id)).toEqual([second.id]);
    const all: string[] = [];
    for await (const one of api().client.files.list({ limit: 1 })) all.push(one.id);
    expect(all).toEqual(expect.arrayContaining([file.id, second.id]));
    expect(await api().client.files.delete(file.id)).toEqual({ id: file.id, object: 'file', deleted: true });
    const gone = await failure(api().client.files.retrieve(file.id));
    expect(gone).toBeInstanceOf(NotFoundError);
    expect(gone.error).toMatchObject({ message: `No such File object: ${file.id}`, param: 'id' });
    expect((await failure(api().client.files.content(file.id))).status).toBe(404);
  });

  test('files of 3 MB come back byte for byte', async () => {
    const bytes = Buffer.alloc(3_000_001, 'Zürich\u2028\0');
    const file = await api().client.files.create({
      file: await toFile(bytes, 'big.bin'),
      purpose: 'user_data',
    });
    const back = Buffer.from(await (await api().client.files.content(file.id)).arrayBuffer());
    expect(back.equals(bytes)).toBe(true);
  });

  test('uploads: parts in any order, complete, cancel, and what cannot be', async () => {
    const text = reviews(20);
    const half = Math.floor(text.length / 2);
    const create = () =>
      api().client.uploads.create({
        bytes: Buffer.byteLength(text),
        filename: 'parts.jsonl',
        mime_type: 'text/jsonl',
        purpose: 'fine-tune',
      });
    const pending = await create();
    expect(pending).toMatchObject({ object: 'upload', status: 'pending' });
    const last = await api().client.uploads.parts.create(pending.id, {
      data: await toFile(Buffer.from(text.slice(half))),
    });
    const first = await api().client.uploads.parts.create(pending.id, {
      data: await toFile(Buffer.from(text.slice(0, half))),
    });
    const short = await failure(api().client.uploads.complete(pending.id, { part_ids: [first.id] }));
    expect(short.status).toBe(400);
    const done = await api().client.uploads.complete(pending.id, { part_ids: [first.id, last.id] });
    expect(done.status).toBe('completed');
    expect(await (await api().client.files.content(done.file?.id ?? '')).text()).toBe(text);
    const other = await create();
    expect((await api().client.uploads.cancel(other.id)).status).toBe('cancelled');
    expect((await failure(api().client.uploads.complete(other.id, { part_ids: [] }))).status).toBe(400);
  });
});
