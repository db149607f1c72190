import { describe, expect, test } from 'vitest';
import { whyUnreachable } from '../../../shared/features/datasets/sft/picture-address.ts';
import { checkSftExample } from '../../../shared/features/datasets/sft/sft.rules.ts';
import {
  asks,
  assistant,
  call,
  fine,
  picture,
  result,
  user,
  withTool,
} from '../../../tests/fixtures/sft-messages.ts';
import { createSchemaChecker } from './schema-checker.ts';

const codes = (example: object) =>
  checkSftExample({ ...example }, createSchemaChecker()).map(({ code }) => code);

describe('pictures', () => {
  test('small, without https, and in a private network', () => {
    expect(codes(asks(fine))).toEqual(['image_small']);
    expect(codes(asks(picture('https://pictures.org/a.png')))).toEqual(['image_remote']);
    expect(codes(asks(picture('http://pictures.org/a.png')))).toEqual(['image_remote', 'image_insecure']);
    expect(codes(asks(picture('http://192.168.0.7/a.png')))).toEqual(['image_unreachable']);
  });

  test.each([
    'http://localhost:8080/a.png',
    'https://10.0.0.1/a',
    'https://[::1]/a',
    'https://scanner/a.png',
    'https://nas.local/a.png',
    'https://user:secret@pictures.org/a.png',
    'https:///a.png',
    'https://a b.org/',
  ])('%s is out of reach', (url) => {
    expect(whyUnreachable(url)).not.toBeNull();
  });

  test.each([
    'https://pictures.org',
    'http://pictures.org:8080/a?b#c',
    'https://bücher.de/a.png',
    'https://8.8.8.8/a',
  ])('%s may be reached', (url) => {
    expect(whyUnreachable(url)).toBeNull();
  });
});

describe('a faulty call', () => {
  const refused = { ...result, content: 'error: id is missing' };
  const mended = (args: string) => ({
    role: 'assistant',
    tool_calls: [{ id: 'c2', type: 'function', function: { name: 'track', arguments: args } }],
  });
  const answer = { ...result, tool_call_id: 'c2' };

  test.each(['{}', '{"id":', '[1]'])('%s that a later call mends is told, not refused', (args) => {
    expect(codes(withTool(user, call(args), refused, mended('{"id":"1"}'), answer, assistant))).toEqual([
      'tool_call_recovered',
    ]);
  });

  test('stays an error when nothing, or something as faulty, follows', () => {
    expect(codes(withTool(user, call('{}'), refused, assistant))).toEqual(['arguments_schema']);
    const again = codes(withTool(user, call('{}'), refused, mended('{}'), answer, assistant));
    expect(again).toEqual(['arguments_schema', 'arguments_schema']);
  });
});
