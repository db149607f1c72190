type TrustedTypes = {
  createPolicy(name: 'default', rules: { createHTML: (text: string) => string | null }): unknown;
};

// Nothing in the window makes elements from text. The one exception is emptying an element, which the chart library
// does by setting its HTML to nothing; everything else is refused by the window's policy.
const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
trustedTypes?.createPolicy('default', { createHTML: (text) => (text === '' ? '' : null) });
