/** Messages of a plain line: what its role is called, by number from 1. */
export const plainRoles = ['system', 'user', 'assistant'] as const;

/**
 * Reads lines that are plain without making a value of them: an object with nothing but messages, these with nothing but
 * a role and a text in the usual order, an answer at the end, no text that a rule would look at twice. Every plain line
 * is one in which readLine and all rules find nothing (isPlainExample); what is not surely plain is left to these.
 * Everything is about the line taken last; nothing of it is kept.
 */
export type PlainLines = {
  /** Takes the line from `start` up to `end`, well-formed UTF-8; answers its messages, 0 when it is not surely plain. */
  take(bytes: Uint8Array, start: number, end: number): number;
  /** Counts the texts; answers their sum, without roles and overhead. */
  countTexts(): number;
  /** The number of a message's role: its place in {@link plainRoles}, from 1. */
  roleOf(message: number): number;
  /** Tokens of a message's text; count first. */
  tokensOf(message: number): number;
  textOf(message: number): string;
  /** The text of the answer when it may be a label (labelOf), else null. */
  labelText(): string | null;
  /** The line in its RFC 8785 form; the bytes are overwritten by the next line. */
  canonical(): Uint8Array;
  /** Writes contentHash of what is asked to `into[at]`, of the answer 8 bytes further. */
  hash(into: Uint8Array, at: number): void;
  /** Makes ready for sketches; between two lines. */
  openSketches(): void;
  /** Writes the sketch of what is said (comparableText, by the usual plan) to `into[at]`; answers its UTF-16 length. */
  sketch(into: Uint32Array, at: number): number;
};

/** Longer lines are never plain, in bytes. */
export const longestPlainLine = 32 * 1024;
