import {
  type ModerationCategory,
  moderationCategories,
} from '../../shared/features/quality/moderation.rules.ts';

/**
 * Phrases the practice moderation knows. It is no judge of texts: it is there so that a refusal can be met and handled
 * without a network, and each phrase is as plain as can be.
 */
const phrases: readonly (readonly [ModerationCategory, RegExp])[] = [
  ['harassment/threatening', /\b(?:i will|i'll|going to) (?:hurt|beat up|kill) you\b/i],
  ['hate', /\bi hate (?:all|those|these) (?:foreigners|immigrants|muslims|jews|christians|women|gays)\b/i],
  [
    'hate/threatening',
    /\b(?:all|those|these) (?:foreigners|immigrants|muslims|jews|christians) (?:must|should) die\b/i,
  ],
  ['illicit', /\bhow (?:to|do i) (?:cook|make|synthesi[sz]e) (?:meth|methamphetamine|heroin)\b/i],
  ['illicit/violent', /\bhow (?:to|do i) (?:build|make) (?:a|an)? ?(?:pipe )?bomb\b/i],
  ['self-harm/intent', /\bi (?:want|am going) to (?:kill|hurt) myself\b/i],
  ['self-harm/instructions', /\bhow (?:to|do i) (?:kill|cut) (?:myself|yourself)\b/i],
  ['violence', /\bstab (?:him|her|them) to death\b/i],
];
const searchedCharacters = 200_000;

/** The categories in which the practice moderation flags a text; empty for nearly every text there is. */
export function moderate(text: string): ModerationCategory[] {
  const searched = text.slice(0, searchedCharacters);
  const found = phrases.filter(([, phrase]) => phrase.test(searched)).map(([category]) => category);
  // A narrower category belongs to its wider one, as on the platform.
  const wider = found.flatMap((one) =>
    moderationCategories.filter((category) => category === one.split('/')[0]),
  );
  return moderationCategories.filter((one) => found.includes(one) || wider.includes(one));
}

/** Practice refuses a file of which more than this share is flagged; the platform does not say where its own line is. */
const refusedShare = 0.01;

/** The platform's refusal (platform reference 2.6) when too many texts of a file are flagged; null when it passes. */
export function moderationRefusal(texts: readonly string[]): { code: string; message: string } | null {
  const flagged = texts.map(moderate).filter((categories) => categories.length > 0);
  if (flagged.length === 0 || flagged.length / texts.length <= refusedShare) return null;
  const categories = moderationCategories.filter((one) => flagged.some((found) => found.includes(one)));
  return {
    code: 'invalid_training_file',
    message:
      'This training file was blocked because too many examples were flagged by our moderation API for containing ' +
      `content that violates OpenAI's usage policies in the following categories: ${categories.join(', ')}. ` +
      'Use the free OpenAI Moderation API to identify these examples and remove them from your training data.',
  };
}
