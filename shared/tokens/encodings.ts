/** The vocabularies a chat model can use; every price and limit that counts tokens names one of them. */
export type Encoding = 'o200k_base' | 'cl100k_base';

/** Counts the tokens of a text in one encoding; special tokens in the text are plain text. */
export type CountText = (text: string) => number;

/**
 * Counts the tokens of a text that is already UTF-8: the bytes from `start` up to `end`. They must be well-formed
 * (what JSON.parse or a strict decoder let pass, written back); linear in their number whatever they are.
 */
export type CountBytes = (bytes: Uint8Array, start: number, end: number) => number;

/** Counts texts in any encoding; made by the token adapter, in the thread that uses it. */
export type TextCounters = {
  counter(encoding: Encoding): CountText;
  /** The same counts from bytes. */
  byteCounter(encoding: Encoding): CountBytes;
  /** Gives back the memory of the vocabularies; the counters must not be used after it. */
  free(): void;
};

/** Models of the older vocabulary (platform reference 5.1); everything else, also what is unknown, is o200k_base. */
const olderModels = /^(gpt-3\.5|gpt-35|gpt-4(?![o.\d])|text-embedding-|davinci-002|babbage-002)/;

/** The model a fine-tuned model was made from: `ft:BASE:org:suffix:id` is BASE, any other name is itself. */
export function baseModelOf(model: string): string {
  const [prefix, base] = model.split(':');
  return prefix === 'ft' && base ? base : model;
}

/** The encoding a model reads and writes, by its name. */
export function encodingForModel(model: string): Encoding {
  return olderModels.test(baseModelOf(model)) ? 'cl100k_base' : 'o200k_base';
}
