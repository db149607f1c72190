import { readImageSize } from '../../../tokens/image-size.ts';
import type { JsonObject } from '../read-line.ts';
import { isObject, type Report } from './check-context.ts';

/** Limits of pictures in training files (platform reference 2.2). */
export const imageLimits = { perExample: 10, bytes: 10 * 1024 * 1024, examplesPerFile: 50_000 };

/** Reports more pictures in an example than the platform takes. */
export function checkImageCount(images: number, report: Report): void {
  if (images <= imageLimits.perExample) return;
  report('too_many_images', '/messages', {
    message: `The example holds ${images} pictures, at most ${imageLimits.perExample} are allowed.`,
    expected: `at most ${imageLimits.perExample}`,
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
    report('image_remote', pointer, {
      message: `${where}: the picture lies on another server; Lapidary never fetches it, so its size and tokens are not known.`,
      expected: 'a data: URL for an exact count',
      found: url,
    });
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
  const format = readImageSize(url)?.format ?? null;
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
