import { accountNames } from './account-names.ts';
import { personAge } from './age.ts';
import { creditCard } from './credit-card.ts';
import { dateTime } from './date-time.ts';
import { email } from './email.ts';
import { iban } from './iban.ts';
import { idNumber } from './ids/id-number.ts';
import { ip } from './ip.ts';
import { phone } from './phone.ts';
import type { Recogniser } from './recogniser.ts';
import { secret } from './secrets/secret.ts';
import { url } from './url.ts';

/** Number of the rule set: raise it with every change that can find something else. */
export const rulesVersion = 4;

/** How the rule set calls itself in results and on screen. */
export const detectorName = `lapidary-privacy v${rulesVersion}`;

/** Every recogniser by pattern; names and addresses come from word lists (detector.ts). */
export const recognisers: readonly Recogniser[] = [
  email,
  url,
  ip,
  creditCard,
  iban,
  idNumber,
  phone,
  dateTime,
  personAge,
  secret,
  accountNames,
];
