type TrustedTypes = {
  createPolicy(
    name: 'default',
    rules: { createHTML: (text: string) => string | null; createScriptURL: (url: string) => string | null },
  ): unknown;
};

// Nothing in the window makes elements from text. The one exception is emptying an element, which the chart library
// does by setting its HTML to nothing; everything else is refused by the window's policy. A worker may only be one of
// the window's own built files.
const ownFiles = `${location.origin}/assets/`;
const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
trustedTypes?.createPolicy('default', {
  createHTML: (text) => (text === '' ? '' : null),
  createScriptURL: (url) => (url.startsWith(ownFiles) ? url : null),
});
