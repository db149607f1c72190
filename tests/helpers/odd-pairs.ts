const longText = Array.from({ length: 10_000 }, (_, at) => `word${at % 97}`).join(' ');
const hostile = [
  '# A heading',
  '',
  'See [the docs](https://example.invalid/x) and ![pixel](https://example.invalid/p.png).',
  '<img src=x onerror=alert(1)><script>alert(2)</script>',
  '',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '',
  '```js\nlet a = 1;\n```',
].join('\n');

/** Rows of a candidates file that a screen must bear: very long, hostile, right to left, calling a tool. */
export const oddPairs = [
  { prompt: 'Long?', candidates: [longText, `${longText} end`] },
  { prompt: 'Hostile?', candidates: [hostile, 'Plain **bold** text.'] },
  { prompt: 'ما هو الحل؟', candidates: ['الجواب الأول هو الأفضل.', 'الجواب الثاني.'] },
  {
    messages: [
      { role: 'system', content: 'Use tools.' },
      { role: 'user', content: 'Weather in Oslo?' },
    ],
    candidates: [
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'c1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Oslo"}' } },
        ],
      },
      'It is sunny, I guess.',
    ],
  },
];
