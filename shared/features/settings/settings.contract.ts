import { z } from 'zod';
import { procedure } from '../../failures.ts';
import { about, settings } from './settings.model.ts';

/** Settings of the program on this machine. Changes are announced as the feature `settings`. */
export const settingsContract = {
  /** `problem` says in words that the file was damaged and where it was kept; null normally. */
  get: procedure().output(z.object({ settings, problem: z.string().nullable() })),
  /** Changes what is given and keeps the rest; durable when it answers. */
  update: procedure('DISK_FULL').input(settings.partial()).output(z.object({ settings })),
  /** Back to the settings of a new installation. */
  reset: procedure('DISK_FULL').output(z.object({ settings })),
  about: procedure().output(about),
};
