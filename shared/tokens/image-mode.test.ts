import { expect, test } from 'vitest';
import { readImageMode } from './image-mode.ts';

const png = (colourType: number): string => {
  const bytes = [
    137,
    80,
    78,
    71,
    13,
    10,
    26,
    10,
    0,
    0,
    0,
    13,
    73,
    72,
    68,
    82,
    0,
    0,
    0,
    9,
    0,
    0,
    0,
    9,
    8,
    colourType,
    0,
    0,
    0,
  ];
  return `data:image/png;base64,${btoa(String.fromCharCode(...bytes))}`;
};
const jpeg = (components: number): string => {
  const bytes = [255, 216, 255, 224, 0, 4, 0, 0, 255, 192, 0, 11, 8, 0, 9, 0, 9, components, 0, 0, 0, 0];
  return `data:image/jpeg;base64,${btoa(String.fromCharCode(...bytes))}`;
};

test('the header tells how pixels are stored', () => {
  expect([0, 2, 3, 4, 6].map((type) => readImageMode(png(type)))).toEqual([
    'grey',
    'rgb',
    'palette',
    'grey with alpha',
    'rgba',
  ]);
  expect([1, 3, 4].map((components) => readImageMode(jpeg(components)))).toEqual(['grey', 'rgb', 'cmyk']);
  expect(readImageMode('https://pictures.org/a.png')).toBeNull();
  expect(readImageMode('data:image/png;base64,AAAA')).toBeNull();
});
