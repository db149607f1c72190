import { Hono } from 'hono';
import { ApiError, invalidValue, missingParameter } from './api-error.ts';
import type { PracticeContext } from './context.ts';
import { storeContent } from './contents.ts';
import { deleteFile, findFile, insertFile, listFiles, readChunks, type FileRow } from './files.sql.ts';
import { newId } from './ids.ts';
import { cutPage, readLimit, readOrder } from './query.ts';
import { wireFile, wirePage } from './wire.ts';

/** Purposes a caller may give a file (platform reference 1.2). */
export const purposes = ['assistants', 'batch', 'fine-tune', 'vision', 'user_data', 'evals'];

const largestFileBytes = 512 * 1024 * 1024;

/** POST, GET, DELETE /files and a file's content. */
export function filesRoutes(context: PracticeContext): Hono {
  const app = new Hono();
  app.post('/', async (c) => {
    const form = await readForm(c.req.raw);
    const file = form.get('file');
    const purpose = form.get('purpose');
    if (!(file instanceof File)) throw missingParameter('file');
    if (typeof purpose !== 'string') throw missingParameter('purpose');
    if (!purposes.includes(purpose)) throw invalidValue('purpose', purpose, purposes);
    if (file.size > largestFileBytes) {
      throw new ApiError(413, 'File is too large. The maximum size is 512 MB.', { param: 'file' });
    }
    const expiresAt = readExpiry(form, context.now());
    return c.json(wireFile(await saveFile(context, { blob: file, filename: file.name, purpose, expiresAt })));
  });
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

async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    throw new ApiError(400, 'The request body is not valid multipart/form-data.');
  }
}

function readExpiry(form: FormData, now: number): number | null {
  const value = form.get('expires_after[seconds]');
  if (value === null) return null;
  const seconds = Number(value);
  if (Number.isInteger(seconds) && seconds >= 3600 && seconds <= 2_592_000) return now + seconds * 1000;
  const message = "Invalid 'expires_after.seconds': expected an integer between 3600 and 2592000.";
  throw new ApiError(400, message, { param: 'expires_after.seconds', code: 'invalid_value' });
}

type NewFile = { blob: Blob; filename: string; purpose: string; expiresAt: number | null };

async function saveFile(context: PracticeContext, file: NewFile): Promise<FileRow> {
  const id = newId('file-');
  const { size, lines } = await storeContent(context.store, id, file.blob);
  const row = newFileRow({ ...file, id, size, lines, now: context.now() });
  await context.store.write((db) => insertFile(db, row));
  return row;
}

/** The row of a complete file. */
export function newFileRow(
  file: Omit<NewFile, 'blob'> & { id: string; size: number; lines: number; now: number },
): FileRow {
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
