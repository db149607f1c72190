import type { Recogniser } from '../recogniser.ts';
import { americas } from './americas.ts';
import { asiaPacificAfrica } from './asia-pacific-africa.ts';
import { europeNorthEast } from './europe-north-east.ts';
import { europeWest } from './europe-west.ts';
import { nationalIdPattern } from './national-id.ts';

const subject = String.raw`(?:passports?|passeport|pasaporte|reisepass(?:nummer)?|driver'?s?'? ?(?:licen[cs]e|lic)|driving licen[cs]e|dl|führerschein(?:nummer)?|permis de conduire|carnet de conducir|rijbewijs|licen[cs]e(?: plate)?|national id(?:entity)?|identity card|id card|personalausweis(?:nummer)?|tax(?:payer)? id|social security|ssn|ein|vat|ust-?id(?:nr)?|steuernummer|insurance|versicherungs(?:nummer|nr)|policy|medical record|mrn|patient|member(?:ship)?|student|employee|personnel|staff|customer|client|kunden(?:nummer|nr)|mitarbeiter(?:nummer|nr)|número de cliente|bank account|account|acct|konto(?:nummer|nr)?|loyalty|frequent flyer|visa|green card|health (?:card|plan(?: beneficiary)?|insurance)|routing|aba(?: routing)?|rtn|sort code|imei|meid|iccid|(?:number|license|licence|registration) plate|plate|vehicle registration|kennzeichen|matrícula|immatriculation|targa|voter|nationality id|residence permit|aufenthaltstitel|work permit|alien registration|uscis|a-number|tax file|tfn|abn|sin|nric|fin|emirates id|cedula|cédula|rut|cuit|rfc|nif|ine|siret|siren|nino|ni|uhid|prescription|claim|certificate|badge|military(?: id)?|service|pan|aadhaar|aadhar|cnic|nin|bvn|hkid|medicare|medicaid|beneficiary|bsn|curp|dni|nie|cpf|pesel|nhs|npi|dea|itin|swift|bic)`;

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
        if (
          digits < 4 ||
          /^(?:19|20)\d{2}$/.test(value) ||
          (/^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/.test(value) && !/^sort/i.test(match.groups?.subject ?? ''))
        )
          return null;
        return weak.test(match.groups?.subject ?? '') ? 'medium' : 'high';
      },
    },
    {
      // Words that say something only with “ID” or “number” after them.
      rule: 'id.numbered',
      type: 'ID_NUMBER',
      expression: new RegExp(
        String.raw`(?<![\w-])(?:user|customer|applicant|resident|citizen|candidate|subscriber|guest|passenger|donor|case|file|docket|registration|reg|enrol(?:l)?ment|roll|device|unique|applicat?ion|account holder|cardholder|taxpayer|personal|person|health|beneficiary|group|license|licence|permit|reservation|booking|card|document|identification|identity)(?: ?(?:id|identifier|number|no|nr|#)\b\.?)(?: (?:is|was)|:|=|,)? ?["#]?(?<value>(?=[A-Z0-9-]{0,11}[0-9])[A-Z0-9](?:[A-Z0-9]|[-/.](?=[A-Z0-9])){4,24})(?![\w@]|[.,:]\d)`,
        'dgi',
      ),
      mayMatch: ({ digits }) => digits >= 3,
      judge: ({ match }) => (((match.groups?.value ?? '').match(/\d/g)?.length ?? 0) < 4 ? null : 'low'),
    },
    {
      rule: 'id.swift',
      type: 'ID_NUMBER',
      expression:
        /\b(?:swift|bic)(?:\/bic|\/swift)?(?: ?(?:code|number|no\.?))?(?: (?:is|was)|:|=)? {0,2}(?<value>[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)(?![\w])/dgi,
      mayMatch: ({ text }) => /swift|bic/i.test(text),
      judge: ({ match }) => (match.groups?.value === match.groups?.value?.toUpperCase() ? 'high' : null),
    },
    {
      rule: 'id.plate',
      type: 'ID_NUMBER',
      expression:
        /\b(?:plates?|registration|reg|tag|kennzeichen|matrícula|targa|plaque|immatriculation)(?: ?(?:number|no\.?|nr\.?))?(?: (?:is|was|ist)|:|=)? {0,2}["#]?(?<value>(?=[A-ZÄÖÜ -]{0,8}\d)[A-ZÄÖÜ0-9]{1,4}(?:[ -][A-ZÄÖÜ0-9]{1,5}){0,3})(?![\w-])/dg,
      mayMatch: ({ digits }) => digits >= 1,
      judge: ({ match }) =>
        /[A-ZÄÖÜ]/.test(match.groups?.value ?? '') && (match.groups?.value ?? '').length > 4
          ? 'medium'
          : null,
    },
    {
      rule: 'id.imei',
      type: 'ID_NUMBER',
      expression:
        /\b(?:imei|meid|serial imei)(?: ?(?:number|no\.?|code))?(?: (?:is|was)|:|=)? {0,2}(?<value>\d{2}-?\d{6}-?\d{6}-?\d(?:\d)?)(?!\w)/dgi,
      mayMatch: ({ digits, text }) => digits >= 15 && /imei|meid/i.test(text),
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
