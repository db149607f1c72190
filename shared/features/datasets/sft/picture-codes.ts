import { error, type FindingKind, info, warning } from '../finding-kind.ts';

/** Findings about pictures beyond their shape (platform reference 2.2). */
export const pictureCodes = {
  image_mode: warning('Picture is not RGB or RGBA'),
  image_insecure: warning('Picture without https'),
  image_unreachable: error('Picture where no platform reaches it'),
  image_small: info('Picture under 512 × 512'),
  images_alike: warning('Nearly the same picture'),
  image_odd_brightness: info('Unusually dark or bright picture'),
  image_odd_size: info('Unusually small or large picture'),
  image_undecodable: warning('Picture cannot be decoded'),
} as const satisfies Readonly<Record<string, FindingKind>>;

/** Findings about tools that need a whole conversation or several rows. */
export const toolCodes = {
  tool_call_recovered: info('A faulty call that is mended later'),
  tool_definition_drift: warning('One tool, two definitions'),
} as const satisfies Readonly<Record<string, FindingKind>>;

/** Findings about a file as a whole. */
export const wholeCodes = {
  file_too_large: error('File too large'),
} as const satisfies Readonly<Record<string, FindingKind>>;
