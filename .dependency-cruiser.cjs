/** The rules R1–R9 of ARCHITECTURE.md, section 3. Each comment says what to do when the rule is broken. */

/** Packages without I/O, Node or DOM that `shared` may use. Add one here only after reading its source for I/O. */
const purePackages = [
  'zod',
  '@orpc/contract',
  '@scure/bip39',
  '@stdlib/[^/]+',
  'ajv',
  'ajv-formats',
  'canonicalize',
  'fuzzball',
  'js-rouge',
  'libphonenumber-js',
];

/** Packages that only adapters may load, because they do I/O or are native. */
const adapterPackages = [
  'openai',
  'better-sqlite3',
  'better-sqlite3-multiple-ciphers',
  'keytar',
  'tiktoken',
  'js-tiktoken',
  'gpt-tokenizer',
  'assemblyscript',
  'electron-log',
  'fast-png',
  'jpeg-js',
  'chardet',
  'hyparquet',
  'hyparquet-compressors',
  'hyparquet-writer',
  'iconv-lite',
  'pdfjs-dist',
  'read-excel-file',
  'yauzl',
];

const pack = (names) => `(^|/)node_modules/(${names.join('|')})(/|$)`;
const tests = '\\.test\\.tsx?$';

/** Rules about what one folder may import from another. */
const layers = [
  {
    name: 'R1-shared-is-pure',
    comment: 'shared/ runs anywhere: move what needs other code to electron/ or renderer/ and pass it in.',
    severity: 'error',
    from: { path: '^shared/', pathNot: tests },
    to: { path: '^(electron|renderer|tests)/' },
  },
  {
    name: 'R1-shared-pure-packages',
    comment:
      'shared/ imports only the pure packages listed in .dependency-cruiser.cjs, and no Node built-in.',
    severity: 'error',
    from: { path: '^shared/', pathNot: tests },
    to: { pathNot: `^shared/|${pack(purePackages)}` },
  },
  {
    name: 'R2-renderer-stays-in-the-window',
    comment: 'The window asks the core over the contract (renderer/rpc.ts); it never imports its code.',
    severity: 'error',
    from: { path: '^renderer/', pathNot: tests },
    to: { path: '^(electron|tests)/' },
  },
  {
    name: 'R2-renderer-no-node',
    comment: 'No Node built-in and no main-process package in the window: put the work behind a procedure.',
    severity: 'error',
    from: { path: '^renderer/', pathNot: tests },
    to: { path: pack([...adapterPackages, 'electron', 'hono', 'playwright-core', '@orpc/server']) },
  },
  {
    name: 'R2-renderer-no-core-modules',
    comment: 'No Node built-in in the window: put the work behind a procedure.',
    severity: 'error',
    from: { path: '^renderer/', pathNot: tests },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'R3-electron-only-in-shell',
    comment:
      'Only electron/shell imports electron, because its runtime is often missing. Take a port instead.',
    severity: 'error',
    from: { pathNot: '^(electron/shell|tests)/' },
    to: { path: pack(['electron']) },
  },
  {
    name: 'R3-playwright-only-in-app-window',
    comment: 'Only electron/app-window and tests drive a browser.',
    severity: 'error',
    from: { pathNot: '^(electron/app-window|tests)/' },
    to: { path: pack(['playwright-core', 'playwright', '@playwright/test']) },
  },
  {
    name: 'R3-vendors-only-in-adapters',
    comment: 'Vendor packages are loaded by electron/adapters only; everything else takes the port.',
    severity: 'error',
    from: { pathNot: `^(electron/adapters|tests)/|${tests}` },
    to: { path: pack(adapterPackages) },
  },
  {
    name: 'R4-core-reaches-no-window',
    comment: 'Core, features, adapters and practice must run without any window: give them a port.',
    severity: 'error',
    from: { path: '^electron/(core|features|adapters|practice)/', pathNot: tests },
    to: { path: '^electron/(shell|app-window|cli)/', reachable: true },
  },
  {
    name: 'R5-features-take-ports',
    comment: 'A feature gets its ports from create-core.ts; it does not import adapters.',
    severity: 'error',
    from: { path: '^electron/features/', pathNot: tests },
    to: { path: '^electron/adapters/' },
  },
  {
    name: 'R5-core-takes-ports',
    comment: 'Only create-core.ts and create-worker.ts (which wire) may import adapters.',
    severity: 'error',
    from: {
      path: '^electron/core/',
      pathNot: `^electron/core/create-(core|worker|checker|scanner|converter)\\.ts$|${tests}`,
    },
    to: { path: '^electron/adapters/' },
  },
];

/** Rules about features and about the shape as a whole. */
const features = [
  {
    name: 'R6-features-do-not-import-each-other',
    comment:
      'Take a port from electron/core/feature-ports.ts wired in create-core.ts, or the other shared model.',
    severity: 'error',
    from: { path: '^(electron|renderer)/features/([^/]+)/', pathNot: tests },
    to: { path: '^$1/features/', pathNot: '^$1/features/$2/' },
  },
  {
    name: 'R7-only-the-wiring-knows-all-features',
    comment:
      'Only create-core.ts, create-worker.ts, create-checker.ts, create-scanner.ts and renderer/app import features from outside them.',
    severity: 'error',
    from: {
      pathNot: `^(electron|renderer)/features/|^electron/core/create-(core|worker|checker|scanner|converter)\\.ts$|^renderer/app/|^tests/|${tests}`,
    },
    to: { path: '^(electron|renderer)/features/' },
  },
  {
    name: 'R7-only-the-contract-knows-all-contracts',
    comment: 'Only shared/contract.ts merges the contracts of the features.',
    severity: 'error',
    from: { path: '^shared/', pathNot: `^shared/contract\\.ts$|^shared/features/|${tests}` },
    to: { path: '^shared/features/[^/]+/[^/]+\\.contract\\.ts$' },
  },
  {
    name: 'R8-no-cycles',
    comment: 'Two modules that need each other are one module, or a third one is missing.',
    severity: 'error',
    from: {},
    to: { circular: true, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'R8-no-orphans',
    comment: 'Nothing imports this and it imports nothing: delete it or use it.',
    severity: 'error',
    from: {
      orphan: true,
      pathNot: `\\.d\\.ts$|(^|/)(preload|create-worker)\\.ts$|^electron/setup/|${tests}`,
    },
    to: {},
  },
  {
    name: 'R9-preload-imports-electron-only',
    comment: 'The preload runs in the sandbox: it may import electron and types, nothing else.',
    severity: 'error',
    from: { path: '^electron/shell/preload\\.ts$' },
    to: { pathNot: pack(['electron']), dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'unresolvable',
    comment: 'This import leads nowhere.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true, pathNot: '\\.css$' },
  },
];

module.exports = {
  forbidden: [...layers, ...features],
  options: {
    // With TypeScript 7 the default parser finds no imports and every rule passes; tests/architecture proves this one does.
    parser: 'swc',
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)out/|^renderer/public/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
