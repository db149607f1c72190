import { chatLine } from './datasets.ts';

const names =
  'amber basil cedar delta ember fjord gable hazel ivory jolly kayak lemon maple nylon ocean pearl quill raven sable tulip'.split(
    ' ',
  );
const name = (index: number): string => names[index % names.length] ?? '';

/** A question that is unlike every other one. */
export function parcelQuestion(index: number): string {
  return `Where is parcel ${name(index)}${index}, ordered by ${name(index * 7)} from ${name(index * 3)} street in the old town? It was promised for ${name(index * 11)} day.`;
}

/** `count` clean support tickets with labels out of balance, and one of every fault the analysis knows. */
export function faultyTickets(count: number): string[] {
  const labels = ['shipping', 'shipping', 'shipping', 'billing', 'returns'];
  const clean = Array.from({ length: count }, (_, index) =>
    chatLine(parcelQuestion(index), index === 7 ? 'legal' : (labels[index % labels.length] ?? '')),
  );
  return [
    ...clean,
    ...clean.slice(0, 4),
    ...Array.from({ length: 8 }, (_, index) =>
      chatLine(`${parcelQuestion(index + 10)} Please answer!`, labels[(index + 10) % labels.length] ?? ''),
    ),
    chatLine(`${parcelQuestion(20)} Thanks`, 'returns'),
    chatLine('Dear [insert name], what now?', 'shipping'),
    chatLine('Write to [email protected]', 'shipping'),
    chatLine('The cafÃ© is closed', 'shipping'),
    chatLine('Tell me a joke', 'As an AI language model, I do not joke.'),
    chatLine('Give me a key', "I'm sorry, but I can't help with that."),
    chatLine('Give me JSON', '{"label": "shipping"'),
    chatLine('Where is my parcel that I havve ordered with you?', 'shipping'),
    chatLine('Wo ist mein Paket, das ich bei Ihnen für die Familie bestellt habe?', 'shipping'),
  ];
}
