import { expect, test } from 'vitest';
import { judgeBaseUrl } from './base-url.ts';

test.each([
  ['https://api.openai.com/v1/', 'https://api.openai.com/v1'],
  ['  https://api.tokenfactory.nebius.com/v1//', 'https://api.tokenfactory.nebius.com/v1'],
  ['https://res.openai.azure.com/openai/v1/', 'https://res.openai.azure.com/openai/v1'],
  ['HTTPS://API.example.com:8443', 'https://api.example.com:8443'],
])('%s is fine', (text, baseUrl) => {
  expect(judgeBaseUrl(text)).toMatchObject({ verdict: 'fine', reason: null, baseUrl, isUnencrypted: false });
});

test.each([
  'http://localhost:8000/v1',
  'http://127.0.0.1:8000/v1',
  'http://[::1]:8000/v1',
  'http://0x7f.1/v1',
  'http://2130706433/v1',
])('%s is fine with a banner', (text) => {
  const verdict = judgeBaseUrl(text);
  expect(verdict).toMatchObject({ verdict: 'fine', isUnencrypted: true });
  expect(verdict.reason).toContain('Not encrypted');
});

test.each([
  'https://10.0.0.5/v1',
  'https://192.168.1.20:8443/v1',
  'https://172.31.255.255/v1',
  'https://100.100.0.1/v1',
  'https://[fd12:3456::1]/v1',
  'https://[::ffff:10.0.0.1]/v1',
  'https://llm.corp/v1',
  'https://gpu-box/v1',
  'https://models.acme.internal/v1',
])('%s needs confirmation', (text) => {
  expect(judgeBaseUrl(text).verdict).toBe('confirm');
});

test.each([
  ['http://api.openai.com/v1', /https/],
  ['http://192.168.1.20/v1', /https/],
  ['http://localhost.evil.example/v1', /https/],
  ['https://user:pass@api.openai.com/v1', /user name/],
  ['https://sk-abc@api.openai.com/v1', /user name/],
  ['https://api.openai.com/v1?key=1', /\?/],
  ['https://api.openai.com/v1#x', /#/],
  ['ftp://api.openai.com', /https/],
  ['javascript:alert(1)', /https/],
  ['file:///etc/passwd', /https/],
  ['https://169.254.169.254/latest', /network itself/],
  ['https://[::ffff:169.254.169.254]/', /network itself/],
  ['https://[fe80::1]/v1', /network itself/],
  ['https://0.0.0.0/v1', /network itself/],
  ['https://224.0.0.1/v1', /network itself/],
  ['api.openai.com/v1', /address/],
  ['', /address/],
])('%s is refused', (text, reason) => {
  const verdict = judgeBaseUrl(text);
  expect(verdict).toMatchObject({ verdict: 'refused', baseUrl: null, host: null });
  expect(verdict.reason).toMatch(reason);
});
