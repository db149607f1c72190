import { z } from 'zod';

/** A key combination for a command, as tinykeys writes it, e.g. `$mod+k`; null takes the key away. */
export const keymap = z.record(z.string().max(80), z.string().max(60).nullable());
export type Keymap = z.infer<typeof keymap>;

/** What a person set for the whole program (not for one workspace). */
export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** `system` follows the operating system's wish for less motion. */
  motion: z.enum(['system', 'reduced']),
  /** `presenter` is larger, for a projector. */
  textSize: z.enum(['compact', 'normal', 'large', 'presenter']),
  /** Whether single letters (A approve, R reject …) act without a modifier. */
  singleKeys: z.boolean(),
  /** Name under which this person approves, rejects and comments. */
  reviewer: z.string().trim().min(1).max(60),
  /** Changed shortcuts by command id. */
  keymap,
});
export type Settings = z.infer<typeof settings>;

/** Settings of a new installation. */
export const defaultSettings: Settings = {
  theme: 'system',
  motion: 'system',
  textSize: 'normal',
  singleKeys: true,
  reviewer: 'me',
  keymap: {},
};

/** Where keys are kept now, in words for a person. */
export const keyStorage = z.object({
  stored: z.enum(['keychain', 'safeStorage', 'memory']),
  isPersistent: z.boolean(),
  reason: z.string(),
});
export type KeyStorage = z.infer<typeof keyStorage>;

/** What this installation is made of. */
export const about = z.object({
  version: z.string(),
  node: z.string(),
  sqlite: z.string(),
  platform: z.string(),
  appFolder: z.string(),
  logFile: z.string(),
  keyStorage,
});
export type About = z.infer<typeof about>;
