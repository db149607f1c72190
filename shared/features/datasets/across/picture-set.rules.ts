import { pointerTo } from '../json-pointer.ts';
import type { JsonObject } from '../read-line.ts';
import { isObject, oneFinding } from '../sft/check-context.ts';
import type { AcrossCheck, RowNote } from './across-rows.ts';

/** What is kept of a decoded picture: a difference hash of 64 bits in four parts, mean brightness 0–255, its pixels. */
export type PictureSketch = {
  readonly hash: readonly [number, number, number, number];
  readonly brightness: number;
  readonly pixels: number;
};

/** Decodes the picture of a `data:` URL; `null` when its format is not decoded here, `broken` when it should be but cannot. */
export type ReadPicture = (url: string) => PictureSketch | 'broken' | null;

type Seen = { readonly row: number; readonly pointer: string; readonly sketch: PictureSketch };

/** Two pictures are nearly the same when at most this many of 64 bits differ, and they are about as bright. */
const nearBits = 3;
const nearBrightness = 12;
/** Fewer pictures than this have no usual brightness or size. */
const minPictures = 20;

/** A picture of an example with what was read off it. */
export type PlacedPicture = { readonly pointer: string; readonly sketch: PictureSketch | 'broken' };

/** Decodes the pictures of an example; those that are not decoded here are left out. */
export function readPictures(example: JsonObject, read: ReadPicture): PlacedPicture[] {
  return picturesIn(example).flatMap(({ url, pointer }) => {
    const sketch = read(url);
    return sketch === null ? [] : [{ pointer, sketch }];
  });
}

type PictureSet = AcrossCheck & { addPictures(row: number, pictures: readonly PlacedPicture[]): void };

/**
 * Finds pictures that are nearly the same, cannot be decoded, or are unlike the others in brightness or size. Without
 * `read` it takes pictures that were decoded elsewhere.
 */
export function createPictureSet(read: ReadPicture | null): PictureSet {
  const seen: Seen[] = [];
  const firsts = new Map<number, Seen[]>();
  const notes: RowNote[] = [];
  const addPictures = (row: number, pictures: readonly PlacedPicture[]): void => {
    for (const { pointer, sketch } of pictures) {
      if (sketch === 'broken') {
        notes.push(
          note(
            { row, pointer },
            'image_undecodable',
            'The picture has the right header but cannot be decoded; the platform skips the example.',
          ),
        );
        continue;
      }
      const one = { row, pointer, sketch };
      seen.push(one);
      const twin = findTwin(one, firsts);
      if (!twin) for (const key of keysOf(sketch)) firsts.set(key, [...(firsts.get(key) ?? []), one]);
      else if (twin.row !== row) {
        const text =
          'Another example holds nearly the same picture; across splits it would be known already.';
        notes.push({ ...note(one, 'images_alike', text), related: twin.row });
      }
    }
  };
  return {
    addPictures,
    add(row, example) {
      if (read !== null) addPictures(row, readPictures(example, read));
    },
    finish: () => ({ rows: [...notes, ...oddOnes(seen)], whole: [] }),
  };
}

function note(
  at: { row: number; pointer: string },
  ...[code, message]: [Parameters<typeof oneFinding>[0], string]
): RowNote {
  return { row: at.row, related: null, finding: oneFinding(code, at.pointer, { message }) };
}

function picturesIn(example: JsonObject): { url: string; pointer: string }[] {
  const messages: unknown[] = Array.isArray(example.messages) ? example.messages : [];
  return messages.flatMap((message, index) => {
    const parts: unknown[] = isObject(message) && Array.isArray(message.content) ? message.content : [];
    return parts.flatMap((part, at) => {
      const image: unknown = isObject(part) && part.type === 'image_url' ? part.image_url : undefined;
      if (!isObject(image) || typeof image.url !== 'string' || !image.url.startsWith('data:')) return [];
      return [{ url: image.url, pointer: pointerTo(`/messages/${index}/content`, at) }];
    });
  });
}

/** With at most three differing bits, one of four parts is the same. */
function keysOf({ hash }: PictureSketch): number[] {
  return hash.map((part, index) => index * 65_536 + part);
}

function findTwin(one: Seen, firsts: ReadonlyMap<number, readonly Seen[]>): Seen | undefined {
  for (const key of keysOf(one.sketch)) {
    const twin = firsts.get(key)?.find((other) => isNear(one.sketch, other.sketch));
    if (twin) return twin;
  }
  return undefined;
}

function isNear(a: PictureSketch, b: PictureSketch): boolean {
  if (Math.abs(a.brightness - b.brightness) > nearBrightness) return false;
  let bits = 0;
  for (const [index, part] of a.hash.entries()) bits += bitsOf(part ^ (b.hash[index] ?? 0));
  return bits <= nearBits;
}

function bitsOf(value: number): number {
  let [left, count] = [value, 0];
  for (; left > 0; left &= left - 1) count += 1;
  return count;
}

function oddOnes(seen: readonly Seen[]): RowNote[] {
  if (seen.length < minPictures) return [];
  const brightness = median(seen.map(({ sketch }) => sketch.brightness));
  const spread = Math.max(16, median(seen.map(({ sketch }) => Math.abs(sketch.brightness - brightness))));
  const pixels = median(seen.map(({ sketch }) => sketch.pixels));
  return seen.flatMap((one) => {
    const { sketch } = one;
    const isOdd = Math.abs(sketch.brightness - brightness) > 4 * spread;
    const times = sketch.pixels / pixels;
    return [
      ...(isOdd
        ? [
            note(
              one,
              'image_odd_brightness',
              `The picture has a brightness of ${Math.round(sketch.brightness)} of 255; the middle one has ${Math.round(brightness)}.`,
            ),
          ]
        : []),
      ...(times > 8 || times < 1 / 8
        ? [
            note(
              one,
              'image_odd_size',
              `The picture has ${sketch.pixels} pixels; the middle one has ${pixels}.`,
            ),
          ]
        : []),
    ];
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
