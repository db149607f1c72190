import type { Pattern } from '../recogniser.ts';

const mostLines = 200;

/** Keys in PEM armour, whole or cut off, and tokens that carry their own signature. */
export const privateKeys: readonly Pattern[] = [
  {
    rule: 'secret.private-key',
    type: 'SECRET',
    // Up to the end line where there is one; a key that was cut off ends where its lines end.
    expression:
      /-----BEGIN (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:(?:[^-]|-(?!-----?(?:END|BEGIN))){0,16384}?-----END (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----|(?:[ \r\n]{1,4}(?:[A-Za-z0-9+/=]{1,80}|[A-Za-z-]{3,20}: [^\r\n]{1,80})){0,400})/g,
    mayMatch: ({ text }) => text.includes('PRIVATE KEY'),
  },
  {
    rule: 'secret.private-key-tail',
    type: 'SECRET',
    expression: /-----END (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g,
    mayMatch: ({ text }) => text.includes('END') && text.includes('PRIVATE KEY'),
    judge({ text, start }) {
      const body = bodyStart(text, start);
      return body < start ? { confidence: 'high', start: body } : null;
    },
  },
  {
    rule: 'secret.key-body',
    type: 'SECRET',
    expression:
      /(?<![A-Za-z0-9+/])(?:MII[A-Z][A-Za-z0-9+/]{60}|MC4CAQAwBQYDK2VwBCIEI[A-Za-z0-9+/]{40}|b3BlbnNzaC1rZXktdjE[A-Za-z0-9+/]{40})(?:[ \r\n]{0,4}[A-Za-z0-9+/=]{4,80}){0,60}/g,
    mayMatch: ({ longestRun, text }) =>
      longestRun >= 60 && (text.includes('MII') || text.includes('MC4C') || text.includes('b3Blbn')),
    judge: () => 'medium',
  },
  {
    rule: 'secret.jwt',
    type: 'SECRET',
    expression:
      /(?<![A-Za-z0-9_.-])eyJ[A-Za-z0-9_-]{8,4096}\.(?:eyJ|[A-Za-z0-9_-]{4})[A-Za-z0-9_-]{4,8192}(?:\.[A-Za-z0-9_-]{0,2048})?/g,
    mayMatch: ({ text, longestRun }) => longestRun >= 20 && text.includes('eyJ'),
  },
];

/** Where the lines of a key begin that end before `start`; `start` itself where there are none. */
function bodyStart(text: string, start: number): number {
  let begin = start;
  for (let line = 0; line < mostLines; line += 1) {
    let end = begin;
    while (begin - end < 4 && /[ \r\n]/.test(text.charAt(end - 1))) end -= 1;
    let from = end;
    while (end - from < 80 && /[A-Za-z0-9+/=]/.test(text.charAt(from - 1))) from -= 1;
    if (end === begin || end - from < 20) return begin;
    begin = from;
  }
  return begin;
}
