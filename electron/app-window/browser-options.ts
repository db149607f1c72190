/** What the window's Chromium is started with. */
export type WindowLook = { isHeadless: boolean; isRoot: boolean };

const blankApp = 'data:text/html,<title>Lapidary</title><meta name="color-scheme" content="light dark">';

/**
 * Switches besides Playwright's own (which already turn off sync, background networking, component updates,
 * first-run pages, extensions and field trials). Requests are refused one by one when they come; these switches make
 * sure that the browser's own services have no way out either.
 */
export function browserArguments(look: WindowLook): string[] {
  const always = [
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--disable-quic',
    '--disable-domain-reliability',
    '--disable-client-side-phishing-detection',
    '--disable-speech-api',
    '--disable-print-preview',
    '--no-pings',
    '--dns-prefetch-disable',
    '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  ];
  const shown = [`--app=${blankApp}`, '--window-size=1280,800', '--class=Lapidary'];
  // As root Chromium runs only without its sandbox; it warns about that in a bar across the window.
  const root = look.isRoot ? ['--test-type'] : [];
  return [...always, ...(look.isHeadless ? [] : shown), ...root];
}

/** Playwright's switches that make sense for tests of the web and not for a person's window. */
export const unwantedArguments = [
  '--enable-automation',
  '--enable-unsafe-swiftshader',
  '--force-color-profile=srgb',
];
