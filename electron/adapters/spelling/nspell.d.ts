declare module 'nspell' {
  /** Hunspell-compatible checker over an affix and a word file. */
  function nspell(dictionary: { aff: Uint8Array; dic: Uint8Array }): {
    correct(word: string): boolean;
  };
  // biome-ignore lint/style/noDefaultExport: this is what the package exports.
  export { nspell as default };
}
