import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { shippedRules } from '../helpers/provider-rules.ts';
import { expect, test } from 'vitest';
import { checkFile } from '../../electron/features/datasets/check-file.ts';
import { sftCodes } from '../../shared/features/datasets/sft/finding-codes.ts';
import { writeDemoFiles, writeReadme } from '../fixtures/demo/files.ts';

const folder = new URL('../../resources/demo/', import.meta.url);
const read = (name: string): Buffer => readFileSync(new URL(name, folder));
const files = writeDemoFiles();

/** What cannot be planted in a file of a sensible size; the README names them. */
const notPlanted = ['image_too_large', 'too_many_image_examples', 'over_limit', 'too_few_examples'];
const advice: readonly string[] = ['image_small', 'tool_definition_drift'];
const quarantineCodes = [
  'invalid_json',
  'not_an_object',
  'duplicate_key',
  'forbidden_key',
  'lone_surrogate',
  'number_out_of_range',
  'too_deep',
  'invalid_utf8',
];

function check(name: string, method: 'sft' | 'dpo' = 'sft') {
  return checkFile(fileURLToPath(new URL(name, folder)), {
    method,
    rules: shippedRules('openai'),
    grader: null,
    readPicture: null,
    model: { id: 'practice-ranker-1', exampleLimit: 65_536 },
    countText: (text) => text.length,
  });
}

test('what is in the folder is what the script writes', () => {
  for (const { name, content } of Object.values(files)) {
    expect(read(name).equals(content), name).toBe(true);
  }
  expect(read('README.md').toString()).toBe(writeReadme(files));
});

test('240 good tickets with at most 12 answers, 240 requests with ten calls', () => {
  expect([files.triage.good, files.routing.good]).toEqual([240, 240]);
  const planted = new Set(files.triage.planted.map(({ line }) => line));
  const lines = read(files.triage.name).toString().trim().split('\n');
  const answers = lines.flatMap((line, i) => (planted.has(i + 1) ? [] : [answerOf(line)]));
  expect(new Set(answers).size).toBe(11);
  const calls = read(files.routing.name).toString().trim().split('\n').map(answerOf);
  expect(new Set(calls.map((call) => call.replace(/call_\d+/, ''))).size).toBe(10);
});

function answerOf(line: string): string {
  const { messages } = JSON.parse(line) as { messages: { content?: string; tool_calls?: unknown }[] };
  return JSON.stringify(messages.at(-1)?.tool_calls ?? messages.at(-1)?.content);
}

test('the checks find every planted fault, and nothing else', () => {
  const { findings, quarantined } = check(files.triage.name);
  const found = new Map<number, Set<string>>();
  for (const { line, code } of [...findings, ...quarantined]) {
    // Planted faults bring advice along: a picture of 1 × 1 px, a tool of its own.
    if (advice.includes(code)) continue;
    const codes = found.get(line) ?? new Set();
    found.set(line, codes.add(code));
  }
  const conflictPartner = files.triage.planted.some(({ codes }) => codes.includes('conflicting_answers'));
  expect(conflictPartner).toBe(true);
  const expected = new Map<number, string[]>();
  for (const { line, codes } of files.triage.planted) expected.set(line, [...codes].sort());
  const actual = [...found]
    .map(([line, codes]): [number, string[]] => [line, [...codes].sort()])
    // The other side of the conflict is a good ticket.
    .filter(([line, codes]) => expected.has(line) || codes.join() !== 'conflicting_answers')
    .sort(([a], [b]) => a - b);
  expect(actual).toEqual([...expected]);
  expect(check(files.routing.name).findings).toEqual([]);
});

test('160 pairs of a good and a bad reply, all different, nothing to find in them', () => {
  const lines = read(files.replies.name).toString().trim().split('\n');
  expect(lines).toHaveLength(160);
  expect(new Set(lines).size).toBe(160);
  const { findings, quarantined } = check(files.replies.name, 'dpo');
  expect([...findings, ...quarantined]).toEqual([]);
});

test('every kind of fault the checks know is planted', () => {
  const planted = new Set(files.triage.planted.flatMap(({ codes }) => codes));
  const known = Object.keys(sftCodes).filter((code) => !notPlanted.includes(code));
  expect([...planted].sort()).toEqual([...known, ...quarantineCodes].sort());
});
