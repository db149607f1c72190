import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTempFolder } from '../../../tests/helpers/test-kit.ts';
import { maxChunkBytes } from '../../../shared/features/files/files.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import { createFilesService } from './files.service.ts';

describe('files', () => {
  let temp: ReturnType<typeof createTempFolder>;
  let answer: string | null;
  let service: ReturnType<typeof createFilesService>;
  const call = {};
  const unreadable = { code: 'FILE_UNREADABLE' };

  beforeEach(() => {
    temp = createTempFolder();
    answer = null;
    const ask = async (): Promise<string | null> => answer;
    service = createFilesService({
      appFolder: temp.folder,
      dialogs: { openFile: ask, openFolder: ask, saveFile: ask },
    });
  });
  afterEach(async () => {
    await service.close();
    temp.remove();
  });

  const choose = (): ReturnType<typeof service.handlers.chooseFile> =>
    service.handlers.chooseFile({ title: 'Choose', extensions: ['jsonl'] }, call);
  const codeOf = (ask: () => unknown): string | undefined => {
    try {
      ask();
      return undefined;
    } catch (error) {
      return error instanceof AppFailure ? error.code : String(error);
    }
  };

  test('only what the user chose can be opened', async () => {
    expect(await choose()).toEqual({ file: null });
    answer = join(temp.folder, 'a.jsonl');
    writeFileSync(answer, 'x');
    const { file } = await choose();
    expect(file).toMatchObject({ name: 'a.jsonl', folder: temp.folder, sizeBytes: 1 });
    expect(service.chosen.require(file?.fileId ?? '').path).toBe(answer);
    expect(codeOf(() => service.chosen.require(answer ?? ''))).toBe('FILE_NOT_CHOSEN');
    expect(codeOf(() => service.chosen.requireDestination(file?.fileId ?? ''))).toBe('FILE_NOT_CHOSEN');
  });

  test('typed paths: quotes are dropped; folders, devices, missing and relative ones are refused by name', async () => {
    const path = join(temp.folder, 'with space.jsonl');
    writeFileSync(path, '');
    await expect(service.handlers.choosePath({ path: `"${path}"` }, call)).resolves.toMatchObject({
      file: { sizeBytes: 0 },
    });
    const refused = async (typed: string, what: RegExp): Promise<void> => {
      const failure = service.handlers.choosePath({ path: typed }, call);
      await expect(failure).rejects.toMatchObject({ ...unreadable, message: expect.stringMatching(what) });
    };
    await refused(temp.folder, /folder/);
    await refused('/dev/null', /regular/);
    await refused(join(temp.folder, 'missing'), /nothing/);
    await refused('data.jsonl', /full path/);
  });

  test('a place to write needs a folder that is there; a missing ending is added', async () => {
    answer = join(temp.folder, 'report');
    const options = { title: 'Save', extensions: ['html'], suggestedName: 'r.html' };
    const { destination } = await service.handlers.chooseDestination(options, call);
    expect(destination).toMatchObject({ path: `${answer}.html`, exists: false });
    expect(service.chosen.requireDestination(destination?.destinationId ?? '').path).toBe(`${answer}.html`);
    const path = join(temp.folder, 'no', 'r.html');
    await expect(service.handlers.destinationPath({ path }, call)).rejects.toMatchObject(unreadable);
    await expect(service.handlers.destinationPath({ path: temp.folder }, call)).rejects.toMatchObject(
      unreadable,
    );
    mkdirSync(join(temp.folder, 'no'));
    writeFileSync(path, '');
    await expect(service.handlers.destinationPath({ path }, call)).resolves.toMatchObject({
      destination: { exists: true },
    });
  });

  const send = async (content: Uint8Array, chunkBytes: number): Promise<string> => {
    const { uploadId } = await service.handlers.beginUpload(
      { name: 'dropped.jsonl', sizeBytes: content.length },
      call,
    );
    for (let at = 0, index = 0; at < content.length; at += chunkBytes, index += 1) {
      const base64 = Buffer.from(content.subarray(at, at + chunkBytes)).toString('base64');
      await service.handlers.sendChunk({ uploadId, index, base64 }, call);
    }
    return uploadId;
  };

  test('a streamed file arrives byte for byte, and is gone after close', async () => {
    const content = crypto.getRandomValues(new Uint8Array(60_000));
    const uploadId = await send(content, 7_001);
    const { file } = await service.handlers.endUpload({ uploadId }, call);
    expect(file).toMatchObject({ name: 'dropped.jsonl', folder: '', sizeBytes: content.length });
    const { path } = service.chosen.require(file.fileId);
    expect(readFileSync(path).equals(content)).toBe(true);
    await service.close();
    expect(existsSync(path)).toBe(false);
  });

  test('a stream that is short, long, out of turn or too coarse is dropped with its file', async () => {
    const begin = (sizeBytes: number): ReturnType<typeof service.handlers.beginUpload> =>
      service.handlers.beginUpload({ name: 'x', sizeBytes }, call);
    const chunk = (uploadId: string, index: number, bytes: number) =>
      service.handlers.sendChunk({ uploadId, index, base64: Buffer.alloc(bytes).toString('base64') }, call);

    const short = await begin(10);
    await chunk(short.uploadId, 0, 9);
    await expect(service.handlers.endUpload(short, call)).rejects.toMatchObject(unreadable);
    const long = await begin(10);
    await expect(chunk(long.uploadId, 0, 11)).rejects.toMatchObject(unreadable);
    const turned = await begin(10);
    await expect(chunk(turned.uploadId, 1, 5)).rejects.toMatchObject(unreadable);
    const coarse = await begin(maxChunkBytes * 3);
    await expect(chunk(coarse.uploadId, 0, maxChunkBytes + 1)).rejects.toMatchObject(unreadable);
    await expect(chunk(coarse.uploadId, 0, 1)).rejects.toMatchObject(unreadable);
    const [own] = readdirSync(join(temp.folder, 'uploads'));
    expect(readdirSync(join(temp.folder, 'uploads', own ?? ''))).toEqual([]);
  });

  test('what a killed process left behind is removed, what a living one uses is not', async () => {
    const dead = join(temp.folder, 'uploads', '999999999-x');
    const living = join(temp.folder, 'uploads', `${process.ppid}-x`);
    for (const folder of [dead, living]) mkdirSync(folder, { recursive: true });
    await service.handlers.beginUpload({ name: 'x', sizeBytes: 1 }, call);
    expect([existsSync(dead), existsSync(living)]).toEqual([false, true]);
  });
});
