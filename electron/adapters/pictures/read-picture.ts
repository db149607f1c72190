import { decode as decodePng } from 'fast-png';
import jpeg from 'jpeg-js';
import type {
  PictureSketch,
  ReadPicture,
} from '../../../shared/features/datasets/across/picture-set.rules.ts';
import { readImageSize } from '../../../shared/tokens/image-size.ts';

const maxPixels = 40_000_000;
const columns = 9;
const rows = 8;

type Pixels = {
  width: number;
  height: number;
  /** Red, green or blue (0 to 2) of a pixel, 0 to `most`. */
  colour: (pixel: number, channel: number) => number;
  most: number;
};

/** Decodes PNG and JPEG pictures of at most 40 megapixels; WEBP and larger ones are left alone. */
export const readPicture: ReadPicture = (url) => {
  const size = readImageSize(url);
  if (!size || (size.format !== 'png' && size.format !== 'jpeg')) return null;
  if (size.widthPx * size.heightPx > maxPixels) return null;
  const bytes = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
  try {
    return sketchOf(size.format === 'png' ? pngPixels(bytes) : jpegPixels(bytes));
  } catch {
    // The decoders say no more than that the data ends too early or makes no sense.
    return 'broken';
  }
};

function pngPixels(bytes: Uint8Array): Pixels {
  const { width, height, data, channels, depth, palette } = decodePng(bytes);
  if (palette) {
    const colour = (pixel: number, channel: number): number => palette[data[pixel] ?? 0]?.[channel] ?? 0;
    return { width, height, colour, most: 255 };
  }
  return { width, height, colour: coloursIn(data, channels), most: 2 ** depth - 1 };
}

function jpegPixels(bytes: Uint8Array): Pixels {
  const { width, height, data } = jpeg.decode(bytes, {
    useTArray: true,
    maxResolutionInMP: maxPixels / 1e6,
    maxMemoryUsageInMB: 512,
  });
  return { width, height, colour: coloursIn(data, 4), most: 255 };
}

function coloursIn(data: ArrayLike<number>, channels: number): Pixels['colour'] {
  // One or two channels are grey, with or without transparency.
  return (pixel, channel) => data[pixel * channels + (channels < 3 ? 0 : channel)] ?? 0;
}

/** Brightness of 9 × 8 cells; each bit of the hash says whether a cell is brighter than its right neighbour. */
function sketchOf(pixels: Pixels): PictureSketch {
  const cells = cellsOf(pixels);
  const hash: [number, number, number, number] = [0, 0, 0, 0];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns - 1; column += 1) {
      const at = row * columns + column;
      // A whole step of brightness, so that noise does not decide.
      const isBrighter = (cells[at] ?? 0) > (cells[at + 1] ?? 0) + 1;
      const bit = row * 8 + column;
      if (isBrighter) hash[bit >> 4] = (hash[bit >> 4] ?? 0) | (1 << (bit & 15));
    }
  }
  const brightness = cells.reduce((sum, one) => sum + one, 0) / cells.length;
  return { hash, brightness, pixels: pixels.width * pixels.height };
}

const samplesPerCell = 8;

function cellsOf({ width, height, colour, most }: Pixels): number[] {
  const cells: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      let sum = 0;
      for (let sample = 0; sample < samplesPerCell * samplesPerCell; sample += 1) {
        const across = (column + ((sample % samplesPerCell) + 0.5) / samplesPerCell) / columns;
        const down = (row + (Math.floor(sample / samplesPerCell) + 0.5) / samplesPerCell) / rows;
        const at = Math.floor(down * height) * width + Math.floor(across * width);
        sum += 0.299 * colour(at, 0) + 0.587 * colour(at, 1) + 0.114 * colour(at, 2);
      }
      cells.push(((sum / (samplesPerCell * samplesPerCell)) * 255) / most);
    }
  }
  return cells;
}
