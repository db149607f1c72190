import { readFile, stat } from 'node:fs/promises';
import type { SourceBatches, SourceRow } from '../../core/source-rows.ts';
import type { Listen } from './byte-stream.ts';
import { reasonOf, unreadable } from './read-failures.ts';

type File = { readonly path: string; readonly name: string };

const maxPdfBytes = 512 * 1024 * 1024;
/** Longer side of a rendered page, in pixels: what vision models look at in high detail. */
const renderedPixels = 1536;

/** Rows of a PDF, one a page: its text, or a picture of it as a `data:` URL. Pages that cannot be read are set aside. */
export async function* pdfRows(file: File, as: 'text' | 'images', listen: Listen = {}): SourceBatches {
  const { size } = await stat(file.path);
  if (size > maxPdfBytes) {
    throw unreadable(file.name, {
      what: `The PDF has ${size} bytes; at most 512 MiB are taken.`,
      todo: 'Split it into several files and import them together.',
    });
  }
  const canvas = as === 'images' ? await loadCanvas(file.name) : null;
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const loading = getDocument({
    data: new Uint8Array(await readFile(file.path)),
    useSystemFonts: false,
    disableFontFace: true,
    stopAtErrors: false,
    verbosity: 0,
  });
  try {
    const pdf = await loading.promise.catch((error: unknown) => {
      throw unreadable(file.name, {
        what: `The PDF cannot be read: ${reasonOf(error)}.`,
        todo: 'Open it in a PDF program and save it anew, without a password, then import that.',
      });
    });
    for (let number = 1; number <= pdf.numPages; number += 1) {
      listen.signal?.throwIfAborted();
      yield [await pageRow(pdf, number, canvas)];
      listen.onBytes?.(Math.round((size * number) / pdf.numPages));
    }
  } finally {
    await loading.destroy();
  }
}

type Canvas = typeof import('@napi-rs/canvas');
type Pdf = Awaited<ReturnType<typeof import('pdfjs-dist/legacy/build/pdf.mjs').getDocument>['promise']>;

async function loadCanvas(file: string): Promise<Canvas> {
  try {
    return await import('@napi-rs/canvas');
  } catch {
    throw unreadable(file, {
      what: 'Pages cannot be turned into pictures on this machine: the drawing library (@napi-rs/canvas) is not installed.',
      todo: 'Import the pages as text, or install Lapidary with its optional packages.',
    });
  }
}

async function pageRow(pdf: Pdf, number: number, canvas: Canvas | null): Promise<SourceRow> {
  try {
    const page = await pdf.getPage(number);
    const value = canvas
      ? { page: number, image: await pictureOf(page, canvas) }
      : { page: number, text: await textOf(page) };
    page.cleanup();
    return { kind: 'row', number, byteOffset: null, value, text: null };
  } catch (error) {
    const message = `Page ${number} cannot be read: ${reasonOf(error)}.`;
    return { kind: 'quarantined', number, byteOffset: null, code: 'pdf_page_unreadable', message, raw: '' };
  }
}

type Page = Awaited<ReturnType<Pdf['getPage']>>;

async function textOf(page: Page): Promise<string> {
  const { items } = await page.getTextContent();
  const pieces = items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : ''));
  return pieces
    .join('')
    .replaceAll(/[ \t]+\n/g, '\n')
    .trim()
    .toWellFormed();
}

async function pictureOf(page: Page, { createCanvas }: Canvas): Promise<string> {
  const { width, height } = page.getViewport({ scale: 1 });
  const scale = Math.min(4, renderedPixels / Math.max(width, height, 1));
  const viewport = page.getViewport({ scale });
  const drawing = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
  // The package's type wants a canvas of a browser; any with its methods will do.
  const canvas = drawing as unknown as Parameters<Page['render']>[0]['canvas'];
  await page.render({ canvas, viewport, background: 'white' }).promise;
  return `data:image/png;base64,${drawing.toBuffer('image/png').toString('base64')}`;
}
