const privateHost =
  /^(?:localhost|0\.0\.0\.0|127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|169\.254\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|\[::1?\]|\[f[cd][0-9a-f]*:.*\]|\[fe80:.*\])$/i;
const privateName = /\.(?:local|localhost|internal|intranet|lan|home|corp|test|invalid)$/i;

/** Why a platform cannot fetch a picture from an address, judged by the address alone; null when nothing speaks against it. */
export function whyUnreachable(url: string): string | null {
  const host = hostOf(url);
  if (host === null) return 'it is no valid web address';
  if (host.hasCredentials) return 'it needs a user name and password';
  if (privateHost.test(host.name)) return `${host.name} is an address inside a private network`;
  if (privateName.test(host.name)) return `${host.name} is a name that only a private network knows`;
  if (!host.name.includes('.') && !host.name.startsWith('[')) return `${host.name} is no public name`;
  return null;
}

/** The host of a web address, read without the platform's URL class, which `shared` does not have everywhere. */
function hostOf(url: string): { name: string; hasCredentials: boolean } | null {
  if (/\s/.test(url)) return null;
  const [, authority = ''] = /^https?:\/\/([^/?#\\]*)/i.exec(url) ?? [];
  const at = authority.lastIndexOf('@');
  const [, name = ''] = /^(\[[0-9a-f:.]+\]|[^:]*)(?::\d{1,5})?$/i.exec(authority.slice(at + 1)) ?? [];
  if (name === '' || (!name.startsWith('[') && !/^[\p{L}\p{N}._-]+$/u.test(name))) return null;
  return { name, hasCredentials: at >= 0 };
}
