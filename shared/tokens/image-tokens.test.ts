import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodingForModel } from './encodings.ts';
import { readImageSize } from './image-size.ts';
import { countImage, countImageUrl, imageRuleOf } from './image-tokens.ts';

const dataUrl = (bytes: readonly number[]): string =>
  `data:image/any;base64,${btoa(String.fromCharCode(...bytes))}`;
const ascii = (text: string): number[] => Array.from(text).map((char) => char.charCodeAt(0));
const big32 = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
const png = (width: number, height: number): number[] => [
  ...ascii('\x89PNG\r\n\x1a\n'),
  ...big32(13),
  ...ascii('IHDR'),
  ...big32(width),
  ...big32(height),
  8,
  6,
];
/** Start, application segment, a fill byte, Huffman tables, then the frame of 600 × 300. */
const jpeg = [
  [0xff, 0xd8, 0xff, 0xe0, 0, 16, ...ascii('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0],
  [0xff, 0xff, 0xc4, 0, 4, 0, 0],
  [0xff, 0xc2, 0, 17, 8, 0x01, 0x2c, 0x02, 0x58, 3],
].flat();
const riff = (kind: string, body: readonly number[]): number[] => [
  ...ascii(`RIFF\x09\0\0\0WEBP${kind}\0\0\0\0`),
  ...body,
];

describe('picture headers', () => {
  test.each([
    ['png', png(1920, 1080), { format: 'png', widthPx: 1920, heightPx: 1080 }],
    ['gif', [...ascii('GIF89a'), 0x40, 0x01, 0xc8, 0], { format: 'gif', widthPx: 320, heightPx: 200 }],
    ['progressive jpeg after fill bytes', jpeg, { format: 'jpeg', widthPx: 600, heightPx: 300 }],
    [
      'webp extended',
      riff('VP8X', [0, 0, 0, 0, 0x7f, 0x02, 0, 0xdf, 0x01, 0]),
      { format: 'webp', widthPx: 640, heightPx: 480 },
    ],
    [
      'webp lossy',
      riff('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0xe0, 0x01]),
      { format: 'webp', widthPx: 640, heightPx: 480 },
    ],
    // 14 bits of width − 1 = 639, then 14 bits of height − 1 = 479: 639 + 479 · 2^14 = 0x0077c27f.
    [
      'webp lossless',
      riff('VP8L', [0x2f, 0x7f, 0xc2, 0x77, 0x00]),
      { format: 'webp', widthPx: 640, heightPx: 480 },
    ],
  ] as const)('%s', (_name, bytes, size) => {
    expect(readImageSize(dataUrl(bytes))).toEqual(size);
  });

  test.each([
    ['an address on the network', 'https://example.com/a.png'],
    ['no base64', 'data:image/png,abc'],
    ['not base64 characters', 'data:image/png;base64,%%%%'],
    ['a truncated header', dataUrl(png(9, 9).slice(0, 18))],
    ['no pixels', dataUrl(png(0, 9))],
    ['a segment that goes nowhere', dataUrl([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xe0, 0, 0])],
    ['an empty text', ''],
  ])('%s has no size', (_name, url) => {
    expect(readImageSize(url)).toBeNull();
  });

  test('no bytes make it fail, also when a header is cut or altered', () => {
    const start = fc.constantFrom(png(640, 480), jpeg, riff('VP8L', [0x2f]), ascii('GIF89a'), []);
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 60 }), fc.nat(40), (head, tail, cut) => {
        const size = readImageSize(dataUrl([...head.slice(0, cut), ...tail]));
        return size === null || (size.widthPx > 0 && size.heightPx > 0);
      }),
    );
  });
});

describe('picture tokens', () => {
  test.each([
    // The platform's own examples: 1024² high is 4 tiles of 170 + 85; 2048 × 4096 becomes 768 × 1536, 6 tiles.
    ['gpt-4o-2024-08-06', { widthPx: 1024, heightPx: 1024, detail: 'high' }, 765],
    ['gpt-4o-2024-08-06', { widthPx: 2048, heightPx: 4096, detail: 'high' }, 1105],
    ['gpt-4o-2024-08-06', { widthPx: 4096, heightPx: 8192, detail: 'low' }, 85],
    ['gpt-4o-mini-2024-07-18', { widthPx: 1024, heightPx: 1024, detail: 'high' }, 2833 + 4 * 5667],
    ['gpt-5-2025-08-07', { widthPx: 512, heightPx: 512, detail: 'high' }, 210],
    // 1024² is 32 × 32 patches; 1800 × 2400 scales to 33 × 44 = 1452 (the platform's example), both × 1.62.
    ['gpt-4.1-mini-2025-04-14', { widthPx: 1024, heightPx: 1024, detail: 'high' }, Math.ceil(1024 * 1.62)],
    ['gpt-4.1-mini-2025-04-14', { widthPx: 1800, heightPx: 2400, detail: 'high' }, Math.ceil(1452 * 1.62)],
    ['o4-mini-2025-04-16', { widthPx: 2048, heightPx: 1024, detail: 'low' }, Math.ceil(16 * 8 * 1.72)],
  ] as const)('%s, %o', (model, picture, tokens) => {
    expect(countImage(imageRuleOf(model), picture, picture.detail)).toBe(tokens);
  });

  test('a fine-tuned model sees as its base does', () => {
    expect(imageRuleOf('ft:gpt-4.1-nano-2025-04-14:acme::x')).toEqual({ kind: 'patches', multiplier: 2.46 });
  });

  test('a picture that would have to be fetched is assumed and said to be', () => {
    const url = 'https://example.com/a.png';
    expect(countImageUrl('gpt-4o', { url, detail: 'high' })).toEqual({ tokens: 765, isApproximate: true });
    expect(countImageUrl('gpt-4o', { url, detail: 'low' })).toEqual({ tokens: 85, isApproximate: false });
  });

  test('patches never exceed 1,536', () => {
    const side = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(side, side, (widthPx, heightPx) => {
        const tokens = countImage({ kind: 'patches', multiplier: 1 }, { widthPx, heightPx }, 'high');
        return tokens >= 1 && tokens <= 1536;
      }),
    );
  });
});

test.each([
  ['gpt-4o-2024-08-06', 'o200k_base'],
  ['gpt-4.1-mini-2025-04-14', 'o200k_base'],
  ['gpt-4.5-preview', 'o200k_base'],
  ['gpt-6-luna', 'o200k_base'],
  ['', 'o200k_base'],
  ['gpt-4-0613', 'cl100k_base'],
  ['gpt-4-turbo', 'cl100k_base'],
  ['ft:gpt-3.5-turbo-0125:acme::x', 'cl100k_base'],
])('the encoding of %s is %s', (model, encoding) => {
  expect(encodingForModel(model)).toBe(encoding);
});
