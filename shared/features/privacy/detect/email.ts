import type { Recogniser } from './recogniser.ts';

const local = String.raw`[A-Za-z0-9\u00c0-\u024f_%+](?:[A-Za-z0-9\u00c0-\u024f._%+'&#-]{0,62}[A-Za-z0-9\u00c0-\u024f_%+-])?`;
const label = String.raw`[A-Za-z0-9\u00c0-\u024f](?:[A-Za-z0-9\u00c0-\u024f-]{0,61}[A-Za-z0-9\u00c0-\u024f])?`;

/** E-mail addresses (RFC 5321 lengths), also written with [at] and [dot]. */
export const email: Recogniser = {
  id: 'email',
  patterns: [
    {
      rule: 'email.address',
      type: 'EMAIL',
      expression: new RegExp(
        String.raw`(?<![A-Za-z0-9\u00c0-\u024f._%+'&#-])${local}@(?:${label}\.){1,8}[A-Za-z\u00c0-\u024f]{2,24}(?![A-Za-z0-9\u00c0-\u024f_@])`,
        'g',
      ),
      mayMatch: ({ hasAt, hasDot }) => hasAt && hasDot,
    },
    {
      rule: 'email.spelled',
      type: 'EMAIL',
      expression:
        /(?<![\w.+-])\w[\w.+-]{0,62} ?[[({<] ?(?:at|AT|@) ?[\])}>] ?[A-Za-z0-9-]{1,63}(?: ?[[({<] ?(?:dot|DOT|\.) ?[\])}>] ?|\.)[A-Za-z]{2,24}(?:\.[A-Za-z]{2,3})?(?!\w)/g,
      mayMatch: ({ text }) => /(?:at|AT|@) ?[\])}>]/.test(text),
      judge: () => 'medium',
    },
  ],
};
