import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDetector } from '../../../../../electron/features/privacy/word-lists.ts';
import { projectFolder } from '../../../../../tests/helpers/project.ts';

const detect = openDetector(join(projectFolder, 'resources', 'privacy'));

/** What was found, as `TYPE text`. */
function found(text: string): string[] {
  return detect(text).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`);
}

describe('people', () => {
  test.each([
    [
      'a family name again after the whole name',
      'Olaf Brennheim called. Later Brennheim wrote.',
      ['PERSON Olaf Brennheim', 'PERSON Brennheim'],
    ],
    [
      'the others of a list with somebody known',
      'They met Anna, Zukhra and Peter.',
      ['PERSON Anna', 'PERSON Zukhra', 'PERSON Peter'],
    ],
    ['who else speaks', 'Zyltan: Where is it?\nMaria: Here.', ['PERSON Zyltan', 'PERSON Maria']],
    ['family names by their form', 'We asked Grobelevich about it.', ['PERSON Grobelevich']],
    [
      'a known name that looks like a form of a plain word',
      'A letter to Becker came back.',
      ['PERSON Becker'],
    ],
    ['what only people do', 'Duqmira shouted at the driver.', ['PERSON Duqmira']],
    ['texts without capitals', 'ask patricia kowalski about it', ['PERSON patricia kowalski']],
  ])('%s', (_, text, expected) => expect(found(text)).toEqual(expected));

  test.each([
    'Jenkins, Docker and Kubernetes run the build; set the path to Python.',
    'Note: Restart the router. Warning: The Router restarts.',
    'the class returns val; mark it, then will it run?',
    'THE SOFTWARE IS PROVIDED, INCLUDING BUT NOT LIMITED TO WARRANTIES.',
  ])('none in %j surer than “low”', (text) => {
    expect(detect(text).filter(({ confidence }) => confidence !== 'low')).toEqual([]);
  });
});

describe('places and companies', () => {
  test.each([
    ['where one lives', 'My friend lives in Hvammsund.', ['LOCATION Hvammsund']],
    ['how places are called', 'They returned to Blaketown.', ['LOCATION Blaketown']],
    ['what a form says', 'City: Qormi', ['LOCATION Qormi']],
    ['what a company is', 'Zentrivo is a multinational software company.', ['ORGANIZATION Zentrivo']],
    ['a firm of three families', 'Weber, Fox and Gillespie', ['ORGANIZATION Weber, Fox and Gillespie']],
    ['what a company has', 'The Zentrivo headquarters moved.', ['ORGANIZATION Zentrivo']],
  ])('%s', (_, text, expected) => expect(found(text)).toEqual(expected));
});

describe('addresses, dates, ages, numbers', () => {
  test.each([
    ['two house numbers', 'Send it to 12 48 Rue Lepic 7, Lyon', ['ADDRESS 12 48 Rue Lepic 7, Lyon']],
    [
      'a military one',
      'Ship to PSC 1234, Box 567\nAPO AE 09012',
      ['ADDRESS PSC 1234, Box 567\nAPO AE 09012'],
    ],
    [
      'a corner',
      'We met at the corner of Elm Street and Oak Avenue.',
      ['ADDRESS the corner of Elm Street and Oak Avenue'],
    ],
    ['an unknown street where one lives', 'She lives at 87 Jakobi 69', ['ADDRESS 87 Jakobi 69']],
    ['a year with its word', 'It was founded in 1978 by two clerks.', ['DATE_TIME 1978']],
    ['a number of things is no year', 'Write it in 2000 words.', []],
    ['an age in passing', 'written when he was only 14.', ['AGE 14']],
    ['an extension', 'Desk: 001-555-123-4567x891', ['PHONE 001-555-123-4567x891']],
  ])('%s', (_, text, expected) => expect(found(text)).toEqual(expected));
});

describe('how other labelled sets write', () => {
  test.each([
    ['the family name first', 'Patient: Okonkwo, Amara (DOB unknown)', ['PERSON Okonkwo, Amara']],
    ['no pair in a list', 'We met Anna, Ben and Carl.', ['PERSON Anna', 'PERSON Ben', 'PERSON Carl']],
    ['two sides in court', 'Delgado v. Papadakis was decided.', ['PERSON Delgado', 'PERSON Papadakis']],
    ['small letters behind a cue', 'Can you ask jamal? He is free.', ['PERSON jamal']],
    ['a plain word as family name', 'The songs of Freddie Mercury are old.', ['PERSON Freddie Mercury']],
    ['a small title', 'Habla con la señora Henderson.', ['PERSON Henderson']],
    ['a field', 'Surname: Stone', ['PERSON Stone']],
    ['a place called after somebody', 'They live in Lake Jeremy.', ['LOCATION Lake Jeremy']],
    ['a company that is a plain word', 'She works at Stripe now.', ['ORGANIZATION Stripe']],
    ['the plain word', 'The stripe is red.', []],
    ['an unknown company', 'I bought this at Nimbora last week.', ['ORGANIZATION Nimbora']],
    ['joined by a sign', 'He left Procter & Gamble in spring.', ['ORGANIZATION Procter & Gamble']],
    ['two families', 'Kessler-Boone is headquartered here.', ['ORGANIZATION Kessler-Boone']],
    ['a saint', "She is at St. Mary's Hospital.", ["ORGANIZATION St. Mary's Hospital"]],
    ['a river', 'Down the Hudson River.', ['LOCATION Hudson River']],
    ['a language', 'Translate this into German, please.', []],
    ['a nationality', 'A German tourist asked.', ['OTHER German']],
    ['an account', 'My username is wildfox_21 there.', ['OTHER wildfox_21']],
    ['a time', 'Lunch at 12:45?', ['DATE_TIME 12:45']],
    ['a ratio', 'The ratio 10:45 is odd.', []],
    ['a sum', '<<50-12-10=28>>', []],
    ['three out of', 'She gave out 3 of them, 3 out of 5.', []],
    ['a street in small letters', 'i moved to 12 maple street', ['ADDRESS 12 maple street']],
    ['no street', '5 minutes down the road', []],
    ['the card runs out', 'card exp 09/28', ['DATE_TIME 09/28']],
    ['a bank', 'SWIFT code COBADEFFXXX', ['ID_NUMBER COBADEFFXXX']],
    ['Korean', '제 이름은 김민수입니다.', ['PERSON 김민수']],
  ])('%s', (_, text, expected) => expect(found(text)).toEqual(expected));
});
