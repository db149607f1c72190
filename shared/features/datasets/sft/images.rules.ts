import { readImageMode } from '../../../tokens/image-mode.ts';
import { type ImageSize, readImageSize } from '../../../tokens/image-size.ts';
import type { JsonObject } from '../read-line.ts';
import { isObject, type Report } from './check-context.ts';
import { whyUnreachable } from './picture-address.ts';

/** Limits of pictures in training files (platform reference 2.2). */
export const imageLimits = { perExample: 10, bytes: 10 * 1024 * 1024 };

/** Reports more pictures in an example than the platform takes. */
export function checkImageCount(images: number, report: Report): void {
  reportImageCount(images, imageLimits.perExample, report);
}

/** The same for a provider that takes another number. */
export function reportImageCount(images: number, most: number, report: Report): void {
  if (images <= most) return;
  report('too_many_images', '/messages', {
    message: `The example holds ${images} pictures, at most ${most} are allowed.`,
    expected: `at most ${most}`,
    found: images,
  });
}

const formats = new Set(['png', 'jpeg', 'webp']);
const details = new Set(['low', 'high', 'auto']);

type Where = { readonly role: string; readonly where: string; readonly report: Report };

/** Checks one picture part without ever fetching or decoding it. */
export function checkImage(part: JsonObject, pointer: string, { role, where, report }: Where): void {
  if (role !== 'user') {
    report('image_role', pointer, {
      message: `${where}: pictures are only allowed in user messages.`,
      expected: 'a picture in a user message',
      found: role,
    });
  }
  const image = part.image_url;
  if (!isObject(image) || typeof image.url !== 'string') {
    report('part_invalid', Object.hasOwn(part, 'image_url') ? `${pointer}/image_url` : pointer, {
      message: `${where}: a picture part must look like {"type": "image_url", "image_url": {"url": …}}.`,
      expected: 'an object with url',
      found: image,
    });
    return;
  }
  if (Object.hasOwn(image, 'detail') && !details.has(String(image.detail))) {
    report('image_detail_invalid', `${pointer}/image_url/detail`, {
      message: `${where}: the detail of a picture is low, high or auto.`,
      expected: 'low, high or auto',
      found: image.detail,
    });
  }
  checkUrl(image.url, `${pointer}/image_url/url`, { role, where, report });
}

function checkUrl(url: string, pointer: string, { where, report }: Where): void {
  if (/^https?:\/\//i.test(url)) {
    checkAddress(url, pointer, { where, report });
    return;
  }
  if (!/^data:/i.test(url)) {
    report('image_url_invalid', pointer, {
      message: `${where}: a picture is a web address or a data: URL.`,
      expected: 'http(s)://… or data:image/…;base64,…',
      found: url,
    });
    return;
  }
  const size = readImageSize(url);
  const format = size?.format ?? null;
  if (size && format !== null && formats.has(format)) checkPixels(url, pointer, { where, report, size });
  if (format === null || !formats.has(format)) {
    report('image_format', pointer, {
      message: `${where}: the picture is ${format ? format.toUpperCase() : 'not readable as a picture'}; JPEG, PNG and WEBP are supported.`,
      expected: 'JPEG, PNG or WEBP as base64',
      found: url,
    });
  }
  const bytes = Math.floor(((url.length - url.indexOf(',') - 1) * 3) / 4);
  if (bytes > imageLimits.bytes) {
    report('image_too_large', pointer, {
      message: `${where}: the picture has ${(bytes / 1e6).toFixed(1)} MB, at most 10 MB are allowed.`,
      expected: 'at most 10 MB',
      found: bytes,
    });
  }
}

type Picture = { readonly where: string; readonly report: Report };

/** What a web address tells without fetching it. */
function checkAddress(url: string, pointer: string, { where, report }: Picture): void {
  const why = whyUnreachable(url);
  if (why !== null) {
    report('image_unreachable', pointer, {
      message: `${where}: no platform can fetch the picture: ${why}.`,
      expected: 'a public https address, or a data: URL',
      found: url,
    });
    return;
  }
  report('image_remote', pointer, {
    message: `${where}: the picture lies on another server; Lapidary never fetches it, so its size and tokens are not known.`,
    expected: 'a data: URL for an exact count',
    found: url,
  });
  if (/^https:/i.test(url)) return;
  report('image_insecure', pointer, {
    message: `${where}: the picture is fetched without https; what arrives can be changed on the way.`,
    expected: 'https://…',
    found: url,
  });
}

const adviceSidePx = 512;

/** What the header tells about the pixels: their mode, and whether there are few of them. */
function checkPixels(
  url: string,
  pointer: string,
  { where, report, size }: Picture & { readonly size: ImageSize },
): void {
  const mode = readImageMode(url);
  if (mode !== null && mode !== 'rgb' && mode !== 'rgba') {
    report('image_mode', pointer, {
      message: `${where}: the picture is stored as ${mode}; the platform asks for RGB or RGBA.`,
      expected: 'RGB or RGBA',
      found: mode,
    });
  }
  const { widthPx, heightPx } = size;
  if (widthPx >= adviceSidePx && heightPx >= adviceSidePx) return;
  report('image_small', pointer, {
    message: `${where}: the picture has ${widthPx} × ${heightPx} px; below 512 × 512 a model sees little.`,
    expected: 'at least 512 × 512 px',
    found: `${widthPx} × ${heightPx}`,
  });
}
