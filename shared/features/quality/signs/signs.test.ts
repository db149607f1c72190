import { describe, expect, test } from 'vitest';
import { formatOf } from './answer-format.rules.ts';
import { createGlossary } from './glossary.rules.ts';
import { languageOf } from './language.rules.ts';
import { createSpelling, oneSlipAway } from './spelling.rules.ts';
import { isCutOff, signsOfAnswer, signsOfText } from './text-signs.rules.ts';

const codes = (signs: readonly { code: string }[]): string[] => signs.map(({ code }) => code);
const sentence = 'The parcel left our depot this morning and should reach you before the end of the week. ';

describe('text that should not be learnt', () => {
  test.each([
    ['As an AI language model, I do not have feelings.', ['ai_boilerplate']],
    ['I’m just an AI, but I think so.', ['ai_boilerplate']],
    ["I'm sorry, but I can't help with that.", ['refusal']],
    ['Es tut mir leid, aber ich kann dabei nicht helfen.', ['refusal']],
    ['I cannot provide legal advice.', ['refusal']],
    ['The team trained as an airline crew.', []],
    ['You cannot return it after 30 days.', []],
    ['We are sorry for the delay. I can send it again.', []],
  ])('%s', (text, expected) => {
    expect(codes(signsOfAnswer(text))).toEqual(expected);
  });

  test.each([
    ['Write to [email protected] for help', ['scraped_text']],
    ['Write to [email&#160;protected]', ['scraped_text']],
    ['Fish &amp; chips', ['scraped_text']],
    ['Dear [insert name],', ['placeholder_text']],
    ['Hello {{first_name}}!', ['placeholder_text']],
    [`${'TO'}DO: write this`, ['placeholder_text']],
    ['Lorem ipsum dolor', ['placeholder_text']],
    ['see [name](https://example.org)', []],
    ['my todo list has [1] item and <b> tags', []],
    ['CafÃ© is closed', ['mojibake']],
    ['itâ€™s broken', ['mojibake']],
    ['lost \ufffd here', ['mojibake']],
    ['Ã la carte, São Paulo, “quoted” — fine', []],
  ])('%s', (text, expected) => {
    expect(codes(signsOfText(text))).toEqual(expected);
  });

  test('answers that stop in the middle', () => {
    expect(isCutOff(`${sentence.repeat(3)}If it does not, please write to us and we will`)).toBe(true);
    expect(isCutOff(`${sentence.repeat(3)}\n\`\`\`js\nconst a = 1;`)).toBe(true);
    expect(isCutOff(`{"a": "${sentence.repeat(3)}", "b": [1, 2`)).toBe(true);
    expect(isCutOff(sentence.repeat(3))).toBe(false);
    expect(isCutOff(`${sentence.repeat(3)}Yours, (Ann)`)).toBe(false);
    expect(isCutOff(`${sentence.repeat(3)}\n- parcels\n- letters`)).toBe(false);
    expect(isCutOff('shipping')).toBe(false);
    expect(isCutOff('データを確認しました。'.repeat(20))).toBe(false);
  });

  test('a hostile text of 1 MB is looked at in bounded time', () => {
    for (const piece of ['[', '{', 'a ', 'Ã', '<insert', '```', 'as an ai ', '\n- ']) {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      expect(signsOfText(text).length + signsOfAnswer(text).length).toBeLessThan(7);
    }
  });
});

describe('languages', () => {
  test.each([
    ['en', 'Where is my parcel? It was sent on Monday and I have not heard from you.'],
    ['de', 'Wo ist mein Paket? Es wurde am Montag verschickt und ich habe nichts von Ihnen gehört.'],
    ['fr', 'Où est mon colis ? Il a été envoyé lundi et je n’ai pas de nouvelles de vous dans ce cas.'],
    ['es', '¿Dónde está mi paquete? Lo enviaron el lunes y no he recibido nada de la empresa.'],
    ['it', 'Dove è il mio pacco? È stato spedito lunedì e non ho ricevuto niente da voi per questo ordine.'],
    ['pt', 'Onde está o meu pacote? Foi enviado na segunda-feira e não recebi nada da empresa.'],
    ['nl', 'Waar is mijn pakket? Het is maandag verstuurd en ik heb niets van jullie gehoord.'],
    ['ru', 'Где моя посылка? Её отправили в понедельник.'],
    ['uk', 'Де моя посилка? Її відправили в понеділок.'],
    ['zh', '我的包裹在哪里？星期一就寄出了。'],
    ['ja', '荷物はどこですか。月曜日に発送されました。'],
    ['ko', '제 소포는 어디에 있나요? 월요일에 발송되었습니다.'],
    ['ar', 'أين طردي؟ تم إرساله يوم الاثنين ولم أتلق شيئا.'],
    ['unknown', 'ok 123'],
    ['unknown', 'SELECT id FROM parcels WHERE id = 4711;'],
  ])('%s', (language, text) => {
    expect(languageOf(text)).toBe(language);
  });
});

describe('formats of answers', () => {
  const format = (text: string, more: { label?: string; calledTool?: string } = {}) =>
    formatOf({ text, label: more.label ?? null, calledTool: more.calledTool ?? null });
  test('by what a program would make of them', () => {
    expect(format('{"b":1,"a":2}')).toEqual({ format: 'json', keys: 'a,b' });
    expect(format('[1, 2]')).toEqual({ format: 'json', keys: null });
    expect(format('{"b":1,')).toEqual({ format: 'broken_json', keys: null });
    expect(format('[1] as the manual says').format).toBe('text');
    expect(format('{name} is missing').format).toBe('text');
    expect(format('shipping', { label: 'shipping' }).format).toBe('label');
    expect(format('', { calledTool: 'find' }).format).toBe('tool_call');
    expect(format(' ').format).toBe('empty');
    expect(format('- a\n- b\n- c').format).toBe('list');
    expect(format('```js\n1\n```').format).toBe('code');
    expect(format('Look:\n```js\n1\n```\n').format).toBe('code');
    expect(format('A sentence.').format).toBe('text');
  });
});

describe('glossary', () => {
  const look = createGlossary([
    { kind: 'forbidden', term: 'cheap', replacement: null },
    { kind: 'preferred', term: 'C++', replacement: 'C plus plus' },
    { kind: 'word', term: 'lapidary', replacement: null },
  ]);
  test('whole words in any case, terms taken literally', () => {
    expect(look('A Cheap parcel, written in c++.').map(({ term }) => term)).toEqual(['cheap', 'C++']);
    expect(look('cheaper lapidary C+')).toEqual([]);
    expect(look('cheaper, but cheap')).toHaveLength(1);
  });
});

describe('spelling', () => {
  const words = new Set(['parcel', 'where', 'arrived', 'have', "don't", 'wrong', 'with']);
  const isWord = (word: string): boolean => words.has(word);
  test('unknown plain words only', () => {
    const unknown = createSpelling(isWord);
    expect(
      unknown(
        'Where parcle arived, have Zurich wiht `cofde` https://exampel.org/pathh x_varr foo42bar don’t',
      ),
    ).toEqual(['parcle', 'arived', 'wiht']);
  });
  test('the word one slip away', () => {
    expect(oneSlipAway('parcle', isWord)).toBe('parcel');
    expect(oneSlipAway('arived', isWord)).toBe('arrived');
    expect(oneSlipAway('wrongg', isWord)).toBe('wrong');
    expect(oneSlipAway('havw', isWord)).toBe('have');
    expect(oneSlipAway('kubectl', isWord)).toBeNull();
  });
});
