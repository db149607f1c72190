/** A message as the preview shows it. */
export type Turn = {
  /** Counted from 0 within the example. */
  readonly place: number;
  readonly role: string;
  readonly text: string;
  readonly images: readonly string[];
  readonly tone: 'plain' | 'good' | 'bad';
};

type Values = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The messages of an example of any method; other fields of it as a line of their own. */
export function exampleTurns(value: unknown): Turn[] {
  if (!isObject(value)) return [];
  const input = isObject(value['input']) ? value['input'] : value;
  const prompt = turnsOf(input['messages'], 'plain');
  const better = turnsOf(value['preferred_output'], 'good');
  const worse = turnsOf(value['non_preferred_output'], 'bad');
  const known = [
    'messages',
    'input',
    'preferred_output',
    'non_preferred_output',
    'tools',
    'parallel_tool_calls',
  ];
  const others = Object.entries(value)
    .filter(([name]) => !known.includes(name))
    .map(
      ([name, field]): Omit<Turn, 'place'> => ({
        role: name,
        text: textOf(field),
        images: [],
        tone: 'plain',
      }),
    );
  return [...prompt, ...better, ...worse, ...others].map((turn, place) => ({ ...turn, place }));
}

function turnsOf(messages: unknown, tone: Turn['tone']): Omit<Turn, 'place'>[] {
  if (!Array.isArray(messages)) return [];
  return messages.filter(isObject).map((message) => {
    const role = tone === 'good' ? 'preferred' : tone === 'bad' ? 'rejected' : textOf(message['role']);
    const { content } = message;
    const parts: Values[] = Array.isArray(content) ? content.filter(isObject) : [];
    const images = parts.flatMap((part) =>
      isObject(part['image_url']) ? [textOf(part['image_url']['url'])] : [],
    );
    const text = Array.isArray(content)
      ? parts.map((part) => textOf(part['text'] ?? '')).join('\n')
      : textOf(content ?? '');
    const calls = message['tool_calls'] === undefined ? '' : textOf(message['tool_calls']);
    return { role, text: [text, calls].filter((one) => one !== '').join('\n'), images, tone };
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
