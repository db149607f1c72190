import type { Recogniser } from '../recogniser.ts';
import { americas } from './americas.ts';
import { asiaPacificAfrica } from './asia-pacific-africa.ts';
import { europeNorthEast } from './europe-north-east.ts';
import { europeWest } from './europe-west.ts';
import { nationalIdPattern } from './national-id.ts';

const subject = String.raw`(?:passports?|passeport|pasaporte|reisepass(?:nummer)?|driver'?s?'? ?(?:licen[cs]e|lic)|driving licen[cs]e|dl|führerschein(?:nummer)?|permis de conduire|carnet de conducir|rijbewijs|licen[cs]e(?: plate)?|national id(?:entity)?|identity card|id card|personalausweis(?:nummer)?|tax(?:payer)? id|social security|ssn|ein|vat|ust-?id(?:nr)?|steuernummer|insurance|versicherungs(?:nummer|nr)|policy|medical record|mrn|patient|member(?:ship)?|student|employee|personnel|staff|customer|client|kunden(?:nummer|nr)|mitarbeiter(?:nummer|nr)|número de cliente|bank account|account|acct|konto(?:nummer|nr)?|loyalty|frequent flyer|visa|green card|health card|medicare|medicaid|beneficiary|bsn|curp|dni|nie|cpf|pesel|nhs|npi|dea|itin|swift|bic)`;

const weak =
  /^(?:customer|client|kunden|account|acct|loyalty|licen[cs]e$|vat|ust|swift|bic|visa|staff|número)/i;

/** Numbers of people: national ones by their check digits, others by the words before them. */
export const idNumber: Recogniser = {
  id: 'id-number',
  patterns: [
    ...[...americas, ...europeWest, ...europeNorthEast, ...asiaPacificAfrica].map(nationalIdPattern),
    {
      rule: 'id.named',
      type: 'ID_NUMBER',
      expression: new RegExp(
        String.raw`(?<![\w-])(?<subject>${subject})(?: (?:card|id|code))?(?: ?(?:number|numbers|num|no|nr|nummer|n°|#)\b\.?| ?#)?(?:(?: (?:is|was|ist|est|es|of|was given as)|:|=|,| -|\))[ "]{0,2}|[ "]{1,2}|#)(?<value>(?=[A-Z0-9-]{0,11}[0-9])[A-Z0-9](?:[A-Z0-9]|[-/.](?=[A-Z0-9])| (?=[0-9]{2,})){3,24})(?![\w@]|[.,:]\d)`,
        'dgi',
      ),
      mayMatch: ({ digits }) => digits >= 3,
      judge: ({ match }) => {
        const value = match.groups?.value ?? '';
        const digits = value.match(/\d/g)?.length ?? 0;
        if (digits < 4 || /^(?:19|20)\d{2}$/.test(value) || /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/.test(value))
          return null;
        return weak.test(match.groups?.subject ?? '') ? 'medium' : 'high';
      },
    },
    {
      rule: 'id.vin',
      type: 'ID_NUMBER',
      expression:
        /\b(?:vin|fin|chassis(?: number| no\.?)?|fahrgestellnummer)[ :#]{1,3}(?<value>[A-HJ-NPR-Z0-9]{17})(?!\w)/dgi,
      mayMatch: ({ longestRun }) => longestRun >= 17,
    },
  ],
};
