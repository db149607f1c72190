import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { ApiError, invalidType, invalidValue, missingParameter } from './api-error.ts';
import type { PracticeContext } from './context.ts';
import { chunksInTurns, LineCounter, storeContent } from './contents.ts';
import { findFile, insertFile, moveChunks } from './files.sql.ts';
import { newFileRow, purposes } from './files.routes.ts';
import { newId } from './ids.ts';
import { readMultipart } from './multipart.ts';
import { readBody } from './request-body.ts';
import {
  deleteUploadParts,
  findUpload,
  finishUpload,
  insertUpload,
  insertUploadPart,
  listUploadParts,
  type UploadRow,
} from './uploads.sql.ts';
import { wireUpload } from './wire.ts';

const largestPartBytes = 64 * 1024 * 1024;
const largestUploadBytes = 8 * 1024 * 1024 * 1024;
const lifeMs = 60 * 60 * 1000;

/** POST /uploads, its parts, complete and cancel (platform reference 1.3). */
export function uploadsRoutes(context: PracticeContext): Hono {
  const app = new Hono();
  const show = (row: UploadRow) => {
    const file = row.file_id ? findFile(context.store.db, row.file_id, context.now()) : undefined;
    return wireUpload(row, context.now(), file);
  };
  app.post('/', async (c) => {
    const row = newUpload(await readBody(c.req.raw), context.now());
    await context.store.write((db) => insertUpload(db, row));
    return c.json(show(row));
  });
  app.post('/:id/parts', async (c) => {
    const upload = requirePending(context, c.req.param('id'));
    const partId = newId('part_');
    const size = await receivePart(context, partId, c.req.raw);
    const part = { id: partId, upload_id: upload.id, size_bytes: size, created_at: context.now() };
    await context.store.write((db) => insertUploadPart(db, part));
    const { id, upload_id, created_at } = part;
    return c.json({ id, object: 'upload.part', created_at: Math.floor(created_at / 1000), upload_id });
  });
  app.post('/:id/complete', async (c) => {
    const upload = requirePending(context, c.req.param('id'));
    return c.json(show(await complete(context, upload, await readBody(c.req.raw))));
  });
  app.post('/:id/cancel', async (c) => {
    const upload = requirePending(context, c.req.param('id'));
    await context.store.write((db) => {
      deleteUploadParts(db, upload.id);
      finishUpload(db, upload.id, { status: 'cancelled', fileId: null });
    });
    return c.json(show({ ...upload, status: 'cancelled' }));
  });
  return app;
}

async function receivePart(context: PracticeContext, partId: string, request: Request): Promise<number> {
  for await (const part of readMultipart(request)) {
    if (part.name !== 'data') continue;
    const from = { pieces: part.content, largestBytes: largestPartBytes };
    return (await storeContent(context.store, partId, from)).size;
  }
  throw missingParameter('data');
}

type Json = Readonly<Record<string, unknown>>;

function newUpload(body: Json, now: number): UploadRow {
  const text = (key: string): string => {
    const value = body[key];
    if (value === undefined) throw missingParameter(key);
    if (typeof value !== 'string') throw invalidType(key, 'a string', value);
    return value;
  };
  const bytes = body.bytes;
  if (bytes === undefined) throw missingParameter('bytes');
  if (typeof bytes !== 'number' || !Number.isInteger(bytes)) throw invalidType('bytes', 'an integer', bytes);
  if (bytes < 1 || bytes > largestUploadBytes) {
    throw new ApiError(400, "Invalid 'bytes': expected between 1 and 8589934592.", { param: 'bytes' });
  }
  const purpose = text('purpose');
  if (!purposes.includes(purpose)) throw invalidValue('purpose', purpose, purposes);
  return {
    id: newId('upload_'),
    size_bytes: bytes,
    filename: text('filename'),
    purpose,
    mime_type: text('mime_type'),
    status: 'pending',
    created_at: now,
    expires_at: now + lifeMs,
    file_id: null,
  };
}

function requirePending(context: PracticeContext, id: string): UploadRow {
  const row = findUpload(context.store.db, id);
  if (!row) throw new ApiError(404, `No such Upload object: ${id}`, { param: 'upload_id' });
  if (row.status === 'pending' && row.expires_at >= context.now()) return row;
  const state = row.status === 'pending' ? 'expired' : row.status;
  throw new ApiError(400, `Upload ${id} is ${state}; it must be pending.`, { code: 'invalid_upload_status' });
}

async function complete(context: PracticeContext, upload: UploadRow, body: Json): Promise<UploadRow> {
  const { part_ids: partIds, md5 } = body;
  if (!Array.isArray(partIds)) throw invalidType('part_ids', 'an array', partIds);
  const parts = new Map(listUploadParts(context.store.db, upload.id).map((part) => [part.id, part]));
  let size = 0;
  for (const id of partIds) {
    const part = parts.get(String(id));
    if (!part) throw new ApiError(400, `Part ${id} does not belong to this upload.`, { param: 'part_ids' });
    size += part.size_bytes;
    parts.delete(part.id);
  }
  if (size !== upload.size_bytes) {
    const message = `The parts have ${size} bytes, but the upload was announced with ${upload.size_bytes}.`;
    throw new ApiError(400, message, { code: 'upload_size_mismatch' });
  }
  const lines = await readParts(context, partIds.map(String), md5);
  const fileId = newId('file-');
  await context.store.write((db) => {
    for (const id of partIds) moveChunks(db, String(id), fileId);
    const { filename, purpose } = upload;
    insertFile(
      db,
      newFileRow({ id: fileId, filename, purpose, expiresAt: null, size, lines, now: context.now() }),
    );
    deleteUploadParts(db, upload.id);
    finishUpload(db, upload.id, { status: 'completed', fileId });
  });
  return { ...upload, status: 'completed', file_id: fileId };
}

/** Reads all parts once: compares their MD5 if one was given, and counts their lines. */
async function readParts(
  context: PracticeContext,
  partIds: readonly string[],
  md5: unknown,
): Promise<number> {
  const hash = createHash('md5');
  const counter = new LineCounter();
  for await (const chunk of chunksInTurns(context.store, partIds)) {
    hash.update(chunk);
    counter.add(chunk);
  }
  if (typeof md5 === 'string' && hash.digest('hex') !== md5.toLowerCase()) {
    throw new ApiError(400, 'The md5 of the parts is not the given one.', { param: 'md5' });
  }
  return counter.count();
}
