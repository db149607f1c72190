declare module 'nspell' {
  /** Hunspell-compatible checker over an affix and a word file. */
  function nspell(dictionary: { aff: Uint8Array; dic: Uint8Array }): {
    correct(word: string): boolean;
  };
  export { nspell as default };
}
