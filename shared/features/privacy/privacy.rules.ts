import {
  type Confidence,
  confidences,
  type GateSetting,
  gravities,
  type Gravity,
  type PersonalDataType,
} from './privacy.model.ts';

const gravityByType: Readonly<Record<PersonalDataType, Gravity>> = {
  SECRET: 'error',
  CREDIT_CARD: 'error',
  IBAN: 'error',
  ID_NUMBER: 'error',
  EMAIL: 'warning',
  PHONE: 'warning',
  PERSON: 'warning',
  ADDRESS: 'warning',
  IP: 'warning',
  LOCATION: 'info',
  ORGANIZATION: 'info',
  URL: 'info',
  DATE_TIME: 'info',
  AGE: 'info',
  OTHER: 'info',
};

/** How grave a detection is: what opens accounts is an error, what names a person a warning, what describes one a note. */
export function gravityOf(type: PersonalDataType, rule = ''): Gravity {
  return rule === 'url.credentials' ? 'error' : gravityByType[type];
}

/** What a workspace begins with: certain finds that open accounts hold data back, and so does data nobody has looked at. */
export const usualGate: GateSetting = {
  isOn: true,
  minGravity: 'error',
  minConfidence: 'medium',
  mustBeScanned: false,
};

/** True when an open detection holds data back under a setting. */
export function isHeldBack(gate: GateSetting, one: { gravity: Gravity; confidence: Confidence }): boolean {
  return (
    gate.isOn &&
    gravities.indexOf(one.gravity) <= gravities.indexOf(gate.minGravity) &&
    confidences.indexOf(one.confidence) <= confidences.indexOf(gate.minConfidence)
  );
}

const words: Readonly<Record<PersonalDataType, readonly [one: string, many: string]>> = {
  PERSON: ['name of a person', 'names of people'],
  ADDRESS: ['address', 'addresses'],
  LOCATION: ['place', 'places'],
  ORGANIZATION: ['organisation', 'organisations'],
  PHONE: ['phone number', 'phone numbers'],
  EMAIL: ['e-mail address', 'e-mail addresses'],
  CREDIT_CARD: ['card number', 'card numbers'],
  IBAN: ['bank account', 'bank accounts'],
  IP: ['IP address', 'IP addresses'],
  URL: ['web address', 'web addresses'],
  DATE_TIME: ['date', 'dates'],
  AGE: ['age', 'ages'],
  ID_NUMBER: ['ID number', 'ID numbers'],
  SECRET: ['secret', 'secrets'],
  OTHER: ['other finding', 'other findings'],
};

/** A number of detections of a type in words: `12 e-mail addresses`. */
export function countOfType(type: PersonalDataType, count: number): string {
  return `${count} ${words[type][count === 1 ? 0 : 1]}`;
}

/** The name of a type at the head of its list: `E-mail addresses`. */
export function titleOfType(type: PersonalDataType): string {
  const [, many] = words[type];
  return many.charAt(0).toUpperCase() + many.slice(1);
}

/** Codes of the marks this feature makes in data sets, with their titles. */
export const privacyMarks: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(words).map(([type, [, many]]) => [
    `privacy_${type.toLowerCase()}`,
    `Personal data: ${many}`,
  ]),
);

/** What a masked place says. */
export function maskOf(type: PersonalDataType): string {
  return `[${type}]`;
}

/** The pseudonym number `ordinal` of a type: the same for the same value all over the workspace. */
export function pseudonymOf(type: PersonalDataType, ordinal: number): string {
  return `[${type}_${ordinal}]`;
}
