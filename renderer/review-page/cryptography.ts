import { type KeyUse, keyUses, passphraseText } from '../../shared/features/preferences/ballots.rules.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

/** UTF-8 bytes of a text. */
export const utf8 = (text: string): Bytes => encoder.encode(text);

/** Bytes as base64url without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  const step = 0x8000;
  for (let at = 0; at < bytes.length; at += step)
    binary += String.fromCharCode(...bytes.subarray(at, at + step));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The bytes of a base64url text; throws for anything else. */
export function fromBase64Url(text: string): Bytes {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** SHA-256 in small hexadecimal digits. */
export async function sha256Hex(bytes: Bytes): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Unpacks gzip. */
export async function gunzip(bytes: Bytes): Promise<Bytes> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export type Sealed = { readonly iv: Bytes; readonly sealed: Bytes };

/** The keys of a review file; none of them can be read out of the browser. */
export type PageKeys = {
  seal(use: KeyUse, plain: Bytes, binding: string): Promise<Sealed>;
  /** Null when the passphrase, the binding or a byte is another one. */
  open(use: KeyUse, box: Sealed, binding: string): Promise<Bytes | null>;
};

/** Works out the keys from a passphrase: PBKDF2-SHA-256, then HKDF-SHA-256 for each use. Takes about a second. */
export async function deriveKeys(
  passphrase: string,
  { salt, iterations }: { salt: Bytes; iterations: number },
): Promise<PageKeys> {
  const { subtle } = crypto;
  const typed = await subtle.importKey('raw', utf8(passphraseText(passphrase)), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const bits = await subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, typed, 256);
  const root = await subtle.importKey('raw', bits, 'HKDF', false, ['deriveKey']);
  const keyFor = (use: KeyUse): Promise<CryptoKey> =>
    subtle.deriveKey(
      { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: utf8(keyUses[use]) },
      root,
      { name: 'AES-GCM', length: 256 },
      false,
      ['encrypt', 'decrypt'],
    );
  return {
    async seal(use, plain, binding) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const way = { name: 'AES-GCM', iv, additionalData: utf8(binding) };
      return { iv, sealed: new Uint8Array(await subtle.encrypt(way, await keyFor(use), plain)) };
    },
    async open(use, { iv, sealed }, binding) {
      const way = { name: 'AES-GCM', iv, additionalData: utf8(binding) };
      try {
        return new Uint8Array(await subtle.decrypt(way, await keyFor(use), sealed));
      } catch {
        return null;
      }
    },
  };
}
