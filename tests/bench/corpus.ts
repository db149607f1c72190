import { closeSync, openSync, writeSync } from 'node:fs';
import { createRandom } from './random.ts';

const common =
  'order parcel refund invoice account password delivery address return warranty battery screen charge late missing broken wrong size colour upgrade cancel renew plan trial card bank receipt courier depot customs label tracking status update reset login'.split(
    ' ',
  );
const syllables = 'ba co di fu ga ho ji ke lo mu na po qui ra se ti vo wa xi zu'.split(' ');
/** Common words first, then made-up ones: drawn so that, as in real text, few are frequent and most are rare. */
const words = [
  ...common,
  ...syllables.flatMap((a) => syllables.flatMap((b) => syllables.map((c) => `${a}${b}${c}`))),
];
const systems = [
  'You answer customers of a parcel service. Be brief and kind.',
  'You sort support tickets. Answer with one label only.',
  'You are the assistant of a bank. Never promise anything.',
];
const cjk = '客户询问包裹在哪里订单退款发票账户密码地址数据'.split('');
const labels = ['billing', 'shipping', 'returns', 'account', 'technical', 'other'];

/** Writes `count` seeded chat examples, about 1 kB each, with one fault in fifty and one duplicate in forty. */
export function writeCorpus(path: string, count: number, seed: number): number {
  const random = createRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const frequent = (): string => words[Math.floor(words.length * random() ** 4)] ?? '';
  const sentence = (): string => {
    const length = 6 + Math.floor(random() * 14);
    const text = Array.from({ length }, () =>
      random() < 0.03 ? `${frequent()}-${Math.floor(random() * 1e6)}` : frequent(),
    ).join(' ');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  };
  const paragraph = (sentences: number): string => Array.from({ length: sentences }, sentence).join(' ');
  const line = (index: number): string => {
    const isLabel = random() < 0.4;
    const chinese = random() < 0.1 ? Array.from({ length: 60 }, () => pick(cjk)).join('') : '';
    const turns = random() < 0.3 ? 2 : 1;
    const messages: Record<string, unknown>[] = [{ role: 'system', content: pick(systems) }];
    for (let turn = 0; turn < turns; turn += 1) {
      messages.push({
        role: 'user',
        content: `${index}: ${paragraph(3 + Math.floor(random() * 5))} ${chinese}`,
      });
      messages.push({
        role: 'assistant',
        content: isLabel ? pick(labels) : paragraph(2 + Math.floor(random() * 3)),
      });
    }
    const example: Record<string, unknown> = { messages };
    const fault = random();
    if (fault < 0.01) example.note = 'extra';
    else if (fault < 0.02) messages.push({ role: 'user', content: 'and now?' });
    return JSON.stringify(example);
  };
  const file = openSync(path, 'w');
  let sizeBytes = 0;
  let last = '';
  for (let index = 0; index < count; index += 1) {
    if (index === 0 || random() >= 0.025) last = line(index);
    sizeBytes += writeSync(file, `${last}\n`);
  }
  closeSync(file);
  return sizeBytes;
}
