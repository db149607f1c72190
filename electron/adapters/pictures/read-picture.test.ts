import { encode } from 'fast-png';
import jpeg from 'jpeg-js';
import { expect, test } from 'vitest';
import { createPictureSet } from '../../../shared/features/datasets/across/picture-set.rules.ts';
import { readPicture } from './read-picture.ts';

type Paint = (x: number, y: number) => number;
const waves: Paint = (x, y) => 128 + 90 * Math.sin(x / 9) * Math.cos(y / 13);
const rings: Paint = (x, y) => 128 + 90 * Math.sin(Math.hypot(x - 60, y - 40) / 6);

function rgba(paint: Paint, side: number): Uint8Array {
  const data = new Uint8Array(side * side * 4);
  for (let at = 0; at < side * side; at += 1) {
    const value = paint(((at % side) / side) * 100, (Math.floor(at / side) / side) * 100);
    data.set([value, value, value, 255], at * 4);
  }
  return data;
}
const png = (paint: Paint, side = 100): string =>
  `data:image/png;base64,${Buffer.from(encode({ width: side, height: side, data: rgba(paint, side), channels: 4 })).toString('base64')}`;
const jpg = (paint: Paint, side = 100): string =>
  `data:image/jpeg;base64,${Buffer.from(jpeg.encode({ width: side, height: side, data: rgba(paint, side) }, 70).data).toString('base64')}`;

function codes(urls: readonly string[]) {
  const set = createPictureSet(readPicture);
  for (const [at, url] of urls.entries()) {
    set.add(at + 1, { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }] });
  }
  return set.finish().rows.map(({ row, related, finding }) => [row, related, finding.code]);
}

test('the same picture in another format, size and quality is nearly the same; another one is not', () => {
  expect(codes([png(waves), jpg(waves), png(waves, 160), png(rings)])).toEqual([
    [2, 1, 'images_alike'],
    [3, 1, 'images_alike'],
  ]);
});

test('a picture that breaks off is told, an address and a WEBP are left alone', () => {
  const url = png(rings);
  expect(codes([url.slice(0, 200), 'https://pictures.org/a.png', 'data:image/webp;base64,UklGRg=='])).toEqual(
    [[1, null, 'image_undecodable']],
  );
});

test('one dark and one large picture among twenty', () => {
  const usual = Array.from({ length: 20 }, (_, at) =>
    png((x, y) => 128 + 90 * Math.sin(x / (3 + at) + (y * at) / 17)),
  );
  const found = codes([...usual, png((x) => 5 + x / 50), png((x, y) => rings(y, x), 400)]);
  expect(found.filter(([, , code]) => code !== 'images_alike')).toEqual([
    [21, null, 'image_odd_brightness'],
    [22, null, 'image_odd_size'],
  ]);
});
