import { Hono } from 'hono';
import { ApiError, invalidValue, missingParameter } from './api-error.ts';
import type { PracticeContext } from './context.ts';
import { storeContent } from './contents.ts';
import {
  deleteChunks,
  deleteFile,
  findFile,
  insertFile,
  listFiles,
  readChunks,
  type FileRow,
} from './files.sql.ts';
import { newId } from './ids.ts';
import { readField, readMultipart } from './multipart.ts';
import { cutPage, readLimit, readOrder } from './query.ts';
import { wireFile, wirePage } from './wire.ts';

/** Purposes a caller may give a file (platform reference 1.2). */
export const purposes = ['assistants', 'batch', 'fine-tune', 'vision', 'user_data', 'evals'];

const largestFileBytes = 512 * 1024 * 1024;

/** POST, GET, DELETE /files and a file's content. */
export function filesRoutes(context: PracticeContext): Hono {
  const app = new Hono();
  app.post('/', async (c) => c.json(wireFile(await receiveFile(context, c.req.raw))));
  app.get('/', (c) => {
    const limit = readLimit(c.req.query('limit'), { default: 10_000, max: 10_000 });
    const rows = listFiles(context.store.db, c.req.query('purpose') ?? null, context.now());
    if (readOrder(c.req.query('order')) === 'asc') rows.reverse();
    const page = cutPage(rows, { after: c.req.query('after'), limit });
    return c.json(wirePage(page.items.map(wireFile), page.hasMore));
  });
  app.get('/:id', (c) => c.json(wireFile(requireFile(context, c.req.param('id')))));
  app.get('/:id/content', (c) => {
    const row = requireFile(context, c.req.param('id'));
    const chunks = readChunks(context.store.db, row.id);
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const next = chunks.next();
        if (next.done) controller.close();
        else controller.enqueue(new Uint8Array(next.value));
      },
    });
    return c.body(body, 200, {
      'content-type': 'application/octet-stream',
      'content-length': String(row.size_bytes),
    });
  });
  app.delete('/:id', async (c) => {
    const { id } = requireFile(context, c.req.param('id'));
    await context.store.write((db) => deleteFile(db, id));
    return c.json({ id, object: 'file', deleted: true });
  });
  return app;
}

/** A file by id; 404 in the platform's words. */
export function requireFile(context: PracticeContext, id: string): FileRow {
  const row = findFile(context.store.db, id, context.now());
  if (!row) throw new ApiError(404, `No such File object: ${id}`, { param: 'id' });
  return row;
}

async function receiveFile(context: PracticeContext, request: Request): Promise<FileRow> {
  const id = newId('file-');
  const fields = new Map<string, string>();
  let received: { filename: string; size: number; lines: number } | null = null;
  for await (const part of readMultipart(request)) {
    if (part.name !== 'file') fields.set(part.name, await readField(part));
    else if (!received && part.filename !== null) {
      const from = { pieces: part.content, largestBytes: largestFileBytes };
      received = { filename: part.filename, ...(await storeContent(context.store, id, from)) };
    }
  }
  try {
    return await saveFile(context, { id, fields, received });
  } catch (error) {
    await context.store.write((db) => deleteChunks(db, id));
    throw error;
  }
}

type Received = {
  id: string;
  fields: ReadonlyMap<string, string>;
  received: { filename: string; size: number; lines: number } | null;
};

async function saveFile(context: PracticeContext, { id, fields, received }: Received): Promise<FileRow> {
  const purpose = fields.get('purpose');
  if (!received) throw missingParameter('file');
  if (purpose === undefined) throw missingParameter('purpose');
  if (!purposes.includes(purpose)) throw invalidValue('purpose', purpose, purposes);
  const now = context.now();
  const expiresAt = readExpiry(fields.get('expires_after[seconds]'), now);
  const row = newFileRow({ id, purpose, expiresAt, now, ...received });
  await context.store.write((db) => insertFile(db, row));
  return row;
}

function readExpiry(value: string | undefined, now: number): number | null {
  if (value === undefined) return null;
  const seconds = Number(value);
  if (Number.isInteger(seconds) && seconds >= 3600 && seconds <= 2_592_000) return now + seconds * 1000;
  const message = "Invalid 'expires_after.seconds': expected an integer between 3600 and 2592000.";
  throw new ApiError(400, message, { param: 'expires_after.seconds', code: 'invalid_value' });
}

type NewFile = {
  id: string;
  filename: string;
  purpose: string;
  expiresAt: number | null;
  size: number;
  lines: number;
  now: number;
};

/** The row of a complete file. */
export function newFileRow(file: NewFile): FileRow {
  return {
    id: file.id,
    size_bytes: file.size,
    line_count: file.lines,
    filename: file.filename,
    purpose: file.purpose,
    status: 'processed',
    status_details: null,
    created_at: file.now,
    expires_at: file.expiresAt,
  };
}
