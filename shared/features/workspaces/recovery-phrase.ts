import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';

const known = new Set(wordlist);

/** 24 English words (BIP-39, 256 bits and an 8-bit checksum) that stand for a workspace's raw key (64 hex digits). */
export function phraseOfKey(keyHex: string): string {
  return entropyToMnemonic(bytesOfHex(keyHex), wordlist);
}

/** What is wrong with a typed phrase, in words, or the key it stands for. Case and spacing do not matter. */
export function keyOfPhrase(phrase: string): { keyHex: string } | { problem: string } {
  const words = wordsOf(phrase);
  const unknown = words.findIndex((word) => !known.has(word));
  if (unknown !== -1) {
    return { problem: `Word ${unknown + 1} (“${words[unknown]}”) is not in the word list.` };
  }
  if (words.length !== 24) return { problem: `A recovery phrase has 24 words; this has ${words.length}.` };
  try {
    return { keyHex: hexOfBytes(mnemonicToEntropy(words.join(' '), wordlist)) };
  } catch {
    return { problem: 'Two words are swapped or one is wrong: the words do not fit together.' };
  }
}

/** The words of a typed phrase, lower case; numbering such as `1.` is left out. */
export function wordsOf(phrase: string): string[] {
  return phrase
    .normalize('NFKD')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 0);
}

function bytesOfHex(hex: string): Uint8Array {
  const pairs = hex.match(/[0-9a-f]{2}/g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}

function hexOfBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
