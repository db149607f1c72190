import { get_encoding, type Tiktoken } from 'tiktoken';
import type { CountText, Encoding, TextCounters } from '../../../shared/tokens/encodings.ts';
import { type Codec, countLongText, pieceUnits, type TextCount } from './long-text.ts';

/** Counters over tiktoken's WebAssembly build; `measure` also says whether a text had to be cut by force. */
export type TiktokenCounters = TextCounters & { measure(encoding: Encoding, text: string): TextCount };

const cachedMinUnits = 48;
const cachedMaxUnits = 16_384;
const cacheEntries = 512;

type Vocabulary = { encoder: Tiktoken; codec: Codec; remembered: Map<string, TextCount> };

/**
 * Opens no vocabulary until one is asked for. Belongs to the thread that made it; `free` gives its memory back.
 * What looks like a special token in a text is counted as the plain text it is.
 */
export function createTiktokenCounters(): TiktokenCounters {
  const open = new Map<Encoding, Vocabulary>();
  const vocabulary = (encoding: Encoding): Vocabulary => {
    const known = open.get(encoding);
    if (known) return known;
    const made = openVocabulary(encoding);
    open.set(encoding, made);
    return made;
  };
  const measure = (encoding: Encoding, text: string): TextCount => measureText(vocabulary(encoding), text);
  return {
    measure,
    counter(encoding): CountText {
      return (text) => measure(encoding, text).tokens;
    },
    free() {
      for (const { encoder } of open.values()) encoder.free();
      open.clear();
    },
  };
}

function openVocabulary(encoding: Encoding): Vocabulary {
  const encoder = get_encoding(encoding);
  const sizes = new Map<number, number>();
  const codec: Codec = {
    encode: (text) => encoder.encode(text, [], []),
    tokenSizeBytes(token) {
      const known = sizes.get(token);
      if (known !== undefined) return known;
      const size = encoder.decode_single_token_bytes(token).length;
      sizes.set(token, size);
      return size;
    },
  };
  return { encoder, codec, remembered: new Map() };
}

/** System prompts and other recurring texts are counted once; the memory forgets all when it is full. */
function measureText(vocabulary: Vocabulary, text: string): TextCount {
  const { codec, remembered } = vocabulary;
  const isRemembered = text.length >= cachedMinUnits && text.length <= cachedMaxUnits;
  const known = isRemembered ? remembered.get(text) : undefined;
  if (known) return known;
  const count =
    text.length <= pieceUnits
      ? { tokens: codec.encode(text).length, isApproximate: false }
      : countLongText(text, codec);
  if (isRemembered) {
    if (remembered.size >= cacheEntries) remembered.clear();
    remembered.set(text, count);
  }
  return count;
}
