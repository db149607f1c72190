import type { Recogniser } from '../recogniser.ts';
import { passwords } from './passwords.ts';
import { privateKeys } from './private-key.ts';
import { serviceKeys } from './service-keys.ts';

/** Keys, tokens and passwords. */
export const secret: Recogniser = { id: 'secret', patterns: [...privateKeys, ...serviceKeys, ...passwords] };
