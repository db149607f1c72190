import { baseModelOf } from './encodings.ts';
import { readImageSize } from './image-size.ts';
import type { PartTokens } from './tool-tokens.ts';

/** How much of a picture the model looks at; `auto` (the default) is counted as `high`, the dearer of the two. */
export type ImageDetail = 'low' | 'high' | 'auto';

/** A model's rule for pictures (platform reference 5.4): by tiles of 512 px or by patches of 32 px. */
export type ImageRule =
  | { kind: 'tiles'; base: number; tile: number }
  | { kind: 'patches'; multiplier: number };

const rules: readonly (readonly [RegExp, ImageRule])[] = [
  [/^gpt-4\.1-mini/, { kind: 'patches', multiplier: 1.62 }],
  [/^gpt-4\.1-nano/, { kind: 'patches', multiplier: 2.46 }],
  [/^o4-mini/, { kind: 'patches', multiplier: 1.72 }],
  [/^gpt-5-mini/, { kind: 'patches', multiplier: 1.62 }],
  [/^gpt-5-nano/, { kind: 'patches', multiplier: 2.46 }],
  [/^gpt-4o-mini/, { kind: 'tiles', base: 2833, tile: 5667 }],
  [/^gpt-5/, { kind: 'tiles', base: 70, tile: 140 }],
  [/^o[13]/, { kind: 'tiles', base: 75, tile: 150 }],
  [/^computer-use/, { kind: 'tiles', base: 65, tile: 129 }],
];
const usualRule: ImageRule = { kind: 'tiles', base: 85, tile: 170 };

const maxPatches = 1536;
/** Assumed for a picture whose size cannot be read without the network; the platform's own worked example. */
const unknownSize = { widthPx: 1024, heightPx: 1024 };

/** The picture rule of a model; the 4o family's for a model without a documented one. */
export function imageRuleOf(model: string): ImageRule {
  const base = baseModelOf(model);
  return rules.find(([pattern]) => pattern.test(base))?.[1] ?? usualRule;
}

/** Tokens of one picture of known size in pixels. */
export function countImage(
  rule: ImageRule,
  size: { widthPx: number; heightPx: number },
  detail: ImageDetail,
): number {
  if (rule.kind === 'tiles') {
    return detail === 'low' ? rule.base : rule.base + rule.tile * tilesOf(size);
  }
  const seen = detail === 'low' ? fitInto(size, 512) : size;
  return Math.ceil(Math.round(patchesOf(seen) * rule.multiplier * 1e6) / 1e6);
}

/** Tokens of a picture by its URL; a size that only a download would tell is assumed and marked approximate. */
export function countImageUrl(model: string, image: { url: string; detail: ImageDetail }): PartTokens {
  const rule = imageRuleOf(model);
  const size = readImageSize(image.url);
  const isSizeNeeded = !(rule.kind === 'tiles' && image.detail === 'low');
  return {
    tokens: countImage(rule, size ?? unknownSize, image.detail),
    isApproximate: (isSizeNeeded && !size) || image.detail === 'auto',
  };
}

function fitInto(size: { widthPx: number; heightPx: number }, sidePx: number): typeof size {
  const scale = Math.min(1, sidePx / Math.max(size.widthPx, size.heightPx));
  return { widthPx: size.widthPx * scale, heightPx: size.heightPx * scale };
}

/** Fit in 2048 × 2048, then the shorter side down to 768, then tiles of 512 × 512. */
function tilesOf(size: { widthPx: number; heightPx: number }): number {
  const fitted = fitInto(size, 2048);
  const scale = Math.min(1, 768 / Math.min(fitted.widthPx, fitted.heightPx));
  return tiles(fitted.widthPx * scale, 512) * tiles(fitted.heightPx * scale, 512);
}

/** Patches of 32 px; over 1536 the picture is scaled so that whole patches fit under that number. */
function patchesOf(size: { widthPx: number; heightPx: number }): number {
  const { widthPx, heightPx } = size;
  const patches = tiles(widthPx, 32) * tiles(heightPx, 32);
  if (patches <= maxPatches) return patches;
  const rough = Math.sqrt((32 * 32 * maxPatches) / (widthPx * heightPx));
  const [across, down] = [(widthPx * rough) / 32, (heightPx * rough) / 32];
  const scale = rough * Math.min(whole(across) / across, whole(down) / down);
  return Math.min(maxPatches, tiles(widthPx * scale, 32) * tiles(heightPx * scale, 32));
}

function whole(count: number): number {
  return Math.max(1, Math.floor(count));
}

/** Tiles along a side; a rounding error of the scaling must not add one. */
function tiles(lengthPx: number, sidePx: number): number {
  return Math.max(1, Math.ceil(lengthPx / sidePx - 1e-9));
}
