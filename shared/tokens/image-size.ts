/** Format and pixel size as an image file's own header states them. */
export type ImageSize = { format: 'png' | 'jpeg' | 'webp' | 'gif'; widthPx: number; heightPx: number };

/** Random access to the bytes behind a base64 text, so that a 10 MB picture is never decoded to read its header. */
type Bytes = { readonly length: number; at(index: number): number };

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const sextets = new Map(Array.from(alphabet).map((char, value) => [char.charCodeAt(0), value]));
sextets.set('-'.charCodeAt(0), 62);
sextets.set('_'.charCodeAt(0), 63);

const maxSegments = 4096;

/** Reads the pixel size out of a `data:` URL's header bytes; null for any other URL and for anything malformed. */
export function readImageSize(url: string): ImageSize | null {
  const bytes = bytesOfDataUrl(url);
  if (!bytes) return null;
  const size = readPng(bytes) ?? readGif(bytes) ?? readWebp(bytes) ?? readJpeg(bytes);
  return size && size.widthPx > 0 && size.heightPx > 0 ? size : null;
}

/** The bytes of a base64 `data:` URL by position; null for any other URL. */
export function bytesOfDataUrl(url: string): Bytes | null {
  const comma = url.slice(0, 256).indexOf(',');
  if (comma < 0 || !/^data:[^,]*;base64$/i.test(url.slice(0, comma))) return null;
  const payload = url.slice(comma + 1);
  return base64Bytes(/\s/.test(payload) ? payload.replace(/\s+/g, '') : payload);
}

/** Byte access by position; -1 outside and where the text is not base64, which no format's magic numbers match. */
function base64Bytes(text: string): Bytes {
  const length = Math.floor((text.replace(/={1,2}$/, '').length * 3) / 4);
  const sextet = (index: number): number => sextets.get(text.charCodeAt(index)) ?? -1;
  return {
    length,
    at(index) {
      if (index < 0 || index >= length) return -1;
      const first = Math.floor(index / 3) * 4 + (index % 3);
      const [high, low] = [sextet(first), sextet(first + 1)];
      if (high < 0 || low < 0) return -1;
      const shift = (index % 3) * 2 + 2;
      return ((high << shift) | (low >> (6 - shift))) & 0xff;
    },
  };
}

function hasText(bytes: Bytes, offset: number, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (bytes.at(offset + index) !== text.charCodeAt(index)) return false;
  }
  return true;
}

/** An unsigned number of `count` bytes; -1 when one of them is missing. */
function big(bytes: Bytes, offset: number, count: number): number {
  let value = 0;
  for (let index = 0; index < count; index += 1) {
    const byte = bytes.at(offset + index);
    if (byte < 0) return -1;
    value = value * 256 + byte;
  }
  return value;
}

function little(bytes: Bytes, offset: number, count: number): number {
  let value = 0;
  for (let index = count - 1; index >= 0; index -= 1) {
    const byte = bytes.at(offset + index);
    if (byte < 0) return -1;
    value = value * 256 + byte;
  }
  return value;
}

function readPng(bytes: Bytes): ImageSize | null {
  if (!hasText(bytes, 0, '\x89PNG\r\n\x1a\n') || !hasText(bytes, 12, 'IHDR')) return null;
  return { format: 'png', widthPx: big(bytes, 16, 4), heightPx: big(bytes, 20, 4) };
}

function readGif(bytes: Bytes): ImageSize | null {
  if (!hasText(bytes, 0, 'GIF87a') && !hasText(bytes, 0, 'GIF89a')) return null;
  return { format: 'gif', widthPx: little(bytes, 6, 2), heightPx: little(bytes, 8, 2) };
}

/** The three bodies a RIFF/WEBP file can start with: lossy, lossless and extended. */
function readWebp(bytes: Bytes): ImageSize | null {
  if (!hasText(bytes, 0, 'RIFF') || !hasText(bytes, 8, 'WEBP')) return null;
  if (hasText(bytes, 12, 'VP8X')) {
    return { format: 'webp', widthPx: little(bytes, 24, 3) + 1, heightPx: little(bytes, 27, 3) + 1 };
  }
  if (hasText(bytes, 12, 'VP8L') && bytes.at(20) === 0x2f) {
    const bits = little(bytes, 21, 4);
    if (bits < 0) return null;
    return { format: 'webp', widthPx: (bits % 16384) + 1, heightPx: (Math.floor(bits / 16384) % 16384) + 1 };
  }
  if (hasText(bytes, 12, 'VP8 ') && hasText(bytes, 23, '\x9d\x01\x2a')) {
    const [width, height] = [little(bytes, 26, 2), little(bytes, 28, 2)];
    return width < 0 || height < 0
      ? null
      : { format: 'webp', widthPx: width & 0x3fff, heightPx: height & 0x3fff };
  }
  return null;
}

/** Walks the segments to the frame header; a segment that does not move forward ends the walk. */
function readJpeg(bytes: Bytes): ImageSize | null {
  if (bytes.at(0) !== 0xff || bytes.at(1) !== 0xd8) return null;
  let offset = 2;
  for (let segment = 0; segment < maxSegments && bytes.at(offset) === 0xff; segment += 1) {
    const marker = bytes.at(offset + 1);
    if (marker === 0xff) {
      offset += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return { format: 'jpeg', widthPx: big(bytes, offset + 7, 2), heightPx: big(bytes, offset + 5, 2) };
    }
    const size = big(bytes, offset + 2, 2);
    if (marker === 0xd9 || marker === 0xda || size < 2) return null;
    offset += 2 + size;
  }
  return null;
}
