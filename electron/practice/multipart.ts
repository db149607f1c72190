import { ApiError } from './api-error.ts';

/** One part of a form while it arrives; its content must be read before the next part comes. */
export type FormPart = {
  name: string;
  filename: string | null;
  content: AsyncGenerator<Uint8Array, void, void>;
};

const longestHeaders = 16 * 1024;

/**
 * The parts of a multipart/form-data body (RFC 7578) as they arrive, never whole in memory: the engine's own
 * `formData()` would hold up the main thread for as long as a big file takes. Throws a 400 for anything malformed.
 */
export async function* readMultipart(request: Request): AsyncGenerator<FormPart, void, void> {
  const type = request.headers.get('content-type') ?? '';
  const boundary = /^multipart\/form-data;.*\bboundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (mark === undefined || !request.body) throw malformed();
  const source = new Source(request.body);
  const delimiter = Buffer.from(`\r\n--${mark}`, 'latin1');
  await drain(source.until(delimiter));
  for (;;) {
    const ending = await source.take(2);
    if (ending.toString('latin1') === '--') return;
    if (ending.toString('latin1') !== '\r\n') throw malformed();
    const headers = await readHeaders(source);
    const content = source.until(delimiter);
    yield { ...readDisposition(headers), content };
    await drain(content);
  }
}

/** The content of a short field as text; 400 when it is longer than 64 KB. */
export async function readField(part: FormPart): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of part.content) {
    pieces.push(piece);
    size += piece.length;
    if (size > 65_536) throw new ApiError(400, `The field '${part.name}' is too long.`, { param: part.name });
  }
  return Buffer.concat(pieces).toString('utf8');
}

function malformed(): ApiError {
  return new ApiError(400, 'The request body is not valid multipart/form-data.');
}

async function drain(content: AsyncGenerator<Uint8Array, void, void>): Promise<void> {
  for (;;) if ((await content.next()).done) return;
}

async function readHeaders(source: Source): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of source.until(Buffer.from('\r\n\r\n', 'latin1'))) {
    pieces.push(piece);
    size += piece.length;
    if (size > longestHeaders) throw malformed();
  }
  return Buffer.concat(pieces).toString('utf8');
}

function readDisposition(headers: string): { name: string; filename: string | null } {
  const line = /^content-disposition:\s*form-data;(.*)$/im.exec(headers)?.[1] ?? '';
  const value = (key: string): string | null =>
    new RegExp(`(?:^|[;\\s])${key}="([^"]*)"`, 'i').exec(line)?.[1]?.replaceAll('%22', '"') ?? null;
  const name = value('name');
  if (name === null) throw malformed();
  return { name, filename: value('filename') };
}

/** A body that can be read up to a delimiter, wherever the pieces it comes in are cut. */
class Source {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  // The first delimiter has no line end before it; now it has.
  #held: Buffer = Buffer.from('\r\n', 'latin1');

  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader();
  }

  async take(count: number): Promise<Buffer> {
    while (this.#held.length < count) await this.#more();
    const taken = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return taken;
  }

  /** Yields what comes before the delimiter and swallows it. */
  async *until(delimiter: Buffer): AsyncGenerator<Uint8Array, void, void> {
    for (;;) {
      const at = this.#held.indexOf(delimiter);
      const safe = at === -1 ? this.#held.length - delimiter.length + 1 : at;
      const piece = this.#held.subarray(0, Math.max(0, safe));
      this.#held = this.#held.subarray(piece.length + (at === -1 ? 0 : delimiter.length));
      if (piece.length > 0) yield piece;
      if (at !== -1) return;
      await this.#more();
    }
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#reader.read();
    if (done) throw malformed();
    const next = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    this.#held = this.#held.length === 0 ? next : Buffer.concat([this.#held, next]);
  }
}
