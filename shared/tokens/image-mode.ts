import { bytesOfDataUrl, readImageSize } from './image-size.ts';

/** How a picture's header says its pixels are stored; the platform takes rgb and rgba. */
export type ImageMode = 'rgb' | 'rgba' | 'grey' | 'grey with alpha' | 'palette' | 'cmyk';

const pngModes = new Map<number, ImageMode>([
  [0, 'grey'],
  [2, 'rgb'],
  [3, 'palette'],
  [4, 'grey with alpha'],
  [6, 'rgba'],
]);
const jpegModes = new Map<number, ImageMode>([
  [1, 'grey'],
  [3, 'rgb'],
  [4, 'cmyk'],
]);

/** The mode of a picture in a `data:` URL, from its header alone; null when it does not say. WEBP is always rgb(a). */
export function readImageMode(url: string): ImageMode | null {
  const bytes = bytesOfDataUrl(url);
  const size = readImageSize(url);
  if (!bytes || !size) return null;
  if (size.format === 'webp') return 'rgba';
  if (size.format === 'gif') return 'palette';
  if (size.format === 'png') return pngModes.get(bytes.at(25)) ?? null;
  return jpegModes.get(bytes.at(frameOf(bytes) + 9)) ?? null;
}

const maxSegments = 4096;

/** Where the frame header of a JPEG begins; readImageSize has made sure that there is one. */
function frameOf(bytes: { at(index: number): number }): number {
  let offset = 2;
  for (let segment = 0; segment < maxSegments; segment += 1) {
    const marker = bytes.at(offset + 1);
    if (marker === 0xff) offset += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return offset;
    else offset += 2 + bytes.at(offset + 2) * 256 + bytes.at(offset + 3);
  }
  return offset;
}
